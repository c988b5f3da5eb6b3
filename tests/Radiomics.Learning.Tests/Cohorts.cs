using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

/// <summary>Small cohorts with a known signal.</summary>
internal static class Cohorts
{
    public static ExtractionSettings Settings { get; } = new() { Name = "test" };

    public static TrainingRequest Request { get; } = new()
    {
        Name = "Test model",
        Center = "A",
        FieldStrength = "3.0T",
        Sequence = "T1_F",
        CohortDescription = "Random numbers with a planted signal",
        CohortSeeds = [7],
        Candidates = [],
        Seed = 11,
    };

    public static FeatureVector Vector(IReadOnlyDictionary<string, double?> features) => new()
    {
        Features = features,
        Diagnostics = new Dictionary<string, double>(),
        Settings = Settings,
        SettingsHash = Settings.ComputeHash(),
        EngineVersion = FeatureExtractor.EngineVersion,
    };

    /// <summary>Half positives; <c>signal</c> lies <paramref name="strength"/> deviations higher in them, <c>noise_*</c> don't care.</summary>
    public static LabelledFeatures[] Planted(int count = 120, double strength = 2, int seed = 7)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var label = i % 2 == 0;
            var features = new Dictionary<string, double?> { ["signal"] = 1000 + 50 * (Normal(random) + (label ? strength : 0)), ["constant"] = 3 };
            for (var n = 0; n < 8; n++)
            {
                features[$"noise_{n}"] = Normal(random);
            }

            features["undefined_once"] = i == 5 ? null : label ? 1 : 0;
            return new LabelledFeatures($"case-{i:000}", Vector(features), label);
        })];
    }

    public static LabelledFeatures[] WithShuffledLabels(LabelledFeatures[] cohort, int seed = 3)
    {
        var labels = cohort.Select(c => c.Label).ToArray();
        new Random(seed).Shuffle(labels);
        return [.. cohort.Select((c, i) => c with { Label = labels[i] })];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
