using Radiomics.Learning;

namespace Benchmarks;

/// <summary>
/// Synthetic feature tables as extraction makes them: blocks of features that follow one latent value each (a family seen through several filters), the
/// latents themselves tied by one value of the patient, and few of them tied to the label.
/// </summary>
internal static class LearningCohort
{
    private const int BlockSize = 14;
    private const int InformativeBlocks = 4;
    private const double Prevalence = 0.4;

    /// <summary>The same patients and labels in every sequence; the later the sequence, the weaker its signal.</summary>
    public static SequenceData Generate(int sequence, int patients, int features, int seed = 20250714)
    {
        var labels = Labels(patients, seed);
        var random = new Random(seed + 1 + sequence);
        var size = Enumerable.Range(0, patients).Select(_ => Normal(random)).ToArray();
        var columns = new double[features][];
        var names = new string[features];
        var latent = new double[patients];
        for (var f = 0; f < features; f++)
        {
            var (block, member) = Math.DivRem(f, BlockSize);
            if (member == 0)
            {
                var shift = block < InformativeBlocks ? 0.9 / (1 + 0.25 * sequence) : 0;
                for (var i = 0; i < patients; i++)
                {
                    latent[i] = 0.4 * size[i] + 0.9 * Normal(random) + (labels[i] ? shift : 0);
                }
            }

            // Within a block from all but equal to loosely tied.
            var tie = 0.99 - 0.5 * member / BlockSize;
            var column = new double[patients];
            for (var i = 0; i < patients; i++)
            {
                column[i] = 100 + 10 * (tie * latent[i] + Math.Sqrt(1 - tie * tie) * Normal(random));
            }

            columns[f] = column;
            names[f] = $"b{block:D4}_{member:D2}";
        }

        return new()
        {
            Sequence = $"S{sequence + 1}",
            Cases = [.. labels.Select((label, i) => new LearningCase
            {
                StudyUid = $"2.25.{i:D6}",
                Patient = $"2.25.{i:D6}",
                Label = label,
                Batch = "A/3.0T",
                Split = CohortSplit.Train,
            })],
            Radiomics = new(patients, names, columns),
            Covariates = new(patients, [], []),
            Settings = "benchmark",
            SettingsHash = "benchmark",
            EngineVersion = "benchmark",
        };
    }

    private static bool[] Labels(int patients, int seed)
    {
        bool[] labels = [.. Enumerable.Range(0, patients).Select(i => i < Prevalence * patients)];
        new Random(seed).Shuffle(labels);
        return labels;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
