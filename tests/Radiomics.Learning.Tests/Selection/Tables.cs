namespace Radiomics.Learning.Tests;

/// <summary>Small tables for selection, seeded.</summary>
internal static class Tables
{
    /// <summary>Data of the given radiomic columns; a case a patient.</summary>
    public static SequenceData Data(
        bool[] labels,
        IEnumerable<(string Name, double[] Values)> radiomics,
        IEnumerable<(string Name, double[] Values)>? covariates = null,
        IReadOnlyDictionary<string, double>? stability = null) => new()
        {
            Sequence = "T1_F",
            Cases =
            [
                .. labels.Select((label, i) => new LearningCase
                {
                    StudyUid = $"2.25.{1000 + i}", Patient = $"p{i}", Label = label, Batch = "A/3.0T", Split = CohortSplit.Train,
                }),
            ],
            Radiomics = Matrix(labels.Length, radiomics),
            Covariates = Matrix(labels.Length, covariates ?? []),
            Stability = stability,
            Settings = "test",
            SettingsHash = "hash",
            EngineVersion = "1.0.0",
        };

    /// <summary>Correlated features f000, f001, … of which those that lean on the first two of the hidden factors go with the label.</summary>
    public static SequenceData Correlated(int cases, int features, int seed, double signal = 1, int factors = 8)
    {
        var random = new Random(seed);
        var hidden = Enumerable.Range(0, factors).Select(_ => Normal(random, cases)).ToArray();
        var labels = Enumerable.Range(0, cases)
            .Select(i => random.NextDouble() < 1 / (1 + Math.Exp(-signal * (hidden[0][i] - hidden[1][i])))).ToArray();
        return Data(labels, Enumerable.Range(0, features).Select(j =>
        {
            var (own, weights) = (Normal(random, cases), Normal(random, factors));
            weights[j % factors] += 2;
            return ($"f{j:000}", own.Select((noise, i) => noise + hidden.Select((factor, f) => weights[f] * factor[i]).Sum()).ToArray());
        }));
    }

    /// <summary>Standard normal numbers (Box–Muller).</summary>
    public static double[] Normal(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

    /// <summary>Columns as z-scores.</summary>
    public static double[][] Standardised(SequenceData data) => [.. data.Radiomics.Columns.Select(column =>
    {
        var values = (double[])column.Clone();
        Standardisation.Of(values).Apply(values);
        return values;
    })];

    /// <summary>The labels.</summary>
    public static bool[] Labels(SequenceData data) => [.. data.Cases.Select(one => one.Label)];

    /// <summary>All rows.</summary>
    public static int[] AllRows(SequenceData data) => [.. Enumerable.Range(0, data.Cases.Count)];

    private static FeatureMatrix Matrix(int cases, IEnumerable<(string Name, double[] Values)> columns)
    {
        var all = columns.ToArray();
        return new FeatureMatrix(cases, [.. all.Select(column => column.Name)], [.. all.Select(column => column.Values)]);
    }
}
