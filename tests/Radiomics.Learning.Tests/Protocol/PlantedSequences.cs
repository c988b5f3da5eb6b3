using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

/// <summary>Random feature tables with a signal where it was planted, and a protocol small enough to run often.</summary>
internal static class PlantedSequences
{
    /// <summary>The real steps with fewer folds and one learner.</summary>
    public static ProtocolSettings Quick { get; } = new()
    {
        OuterFolds = 4,
        OuterRepeats = 2,
        InnerFolds = 3,
        Learners = [Learner.LogisticRegression],
        FeatureSets = [FeatureSet.Radiomics],
        Bootstraps = 20,
        Seed = 5,
    };

    public static ExtractionSettings Settings { get; } = new() { Name = "test" };

    public static ModelRequest Request { get; } = new()
    {
        Name = "Test model",
        Center = "A",
        FieldStrength = "3.0T",
        Outcome = "Planted",
        IntendedUse = "Testing",
        CohortDescription = "Random numbers with a planted signal",
        Synthetic = true,
        CohortSeeds = [7],
        Notice = "Not for clinical use.",
        CohortSha256 = new string('a', 64),
    };

    /// <summary>
    /// The first two features, <c>signal_0</c> and <c>signal_1</c>, lie <paramref name="strength"/> deviations higher in positives; the others don't care.
    /// Every third case is positive. The labels are the same in every sequence.
    /// </summary>
    public static SequenceData Generate(
        string sequence = "T1_F", int patients = 90, int features = 60, double strength = 1, int seed = 7, double testShare = 0.3, string batch = "A/3.0T")
    {
        var cases = HoldoutSplit.Assign(
            [.. Enumerable.Range(0, patients).Select(i => new LearningCase
            {
                StudyUid = $"2.25.{batch.Length}{batch[0] - 'A'}{i:D4}",
                Patient = $"{batch}-{i:D4}",
                Label = i % 3 == 0,
                Batch = batch,
                Split = CohortSplit.Train,
            })],
            testShare,
            seed: 3);
        var random = new Random(seed);
        string[] names = [.. Enumerable.Range(0, features).Select(f => f < 2 ? $"signal_{f}" : $"noise_{f:D3}")];
        return new()
        {
            Sequence = sequence,
            Cases = cases,
            Radiomics = new(patients, names, [.. names.Select((_, f) => cases.Select(c => 50 + 4 * (Normal(random) + (f < 2 && c.Label ? strength : 0))).ToArray())]),
            Covariates = new(patients, [], []),
            Settings = Settings.Name,
            SettingsHash = Settings.ComputeHash(),
            EngineVersion = FeatureExtractor.EngineVersion,
        };
    }

    /// <summary>The cases' features as extraction gives them.</summary>
    public static IReadOnlyList<FeatureVector> Vectors(SequenceData data) =>
        [.. Enumerable.Range(0, data.Cases.Count).Select(row =>
            Vector(data.Radiomics.Names.Select((name, f) => (name, f)).ToDictionary(n => n.name, n => (double?)data.Radiomics.Columns[n.f][row])))];

    public static FeatureVector Vector(IReadOnlyDictionary<string, double?> features) => new()
    {
        Features = features,
        Diagnostics = new Dictionary<string, double>(),
        Settings = Settings,
        SettingsHash = Settings.ComputeHash(),
        EngineVersion = FeatureExtractor.EngineVersion,
    };

    /// <summary>Two covariates: <c>age</c>, higher in positives and unknown in every tenth case, and <c>sex=F</c>.</summary>
    public static SequenceData WithCovariates(SequenceData data, int seed = 9)
    {
        var random = new Random(seed);
        double[] age = [.. data.Cases.Select((c, i) => i % 10 == 4 ? double.NaN : 12 + 3 * Normal(random) + (c.Label ? 4 : 0))];
        double[] sex = [.. data.Cases.Select(_ => (double)random.Next(2))];
        return data with { Covariates = new(data.Cases.Count, ["age", "sex=F"], [age, sex]) };
    }

    /// <summary>The same cases in another order.</summary>
    public static SequenceData Reordered(SequenceData data, int seed = 1)
    {
        int[] order = [.. Enumerable.Range(0, data.Cases.Count)];
        new Random(seed).Shuffle(order);
        return data.Rows(order);
    }

    /// <summary>Trains all sequences and selects.</summary>
    public static (SequenceTraining[] Trainings, ModelPackageBytes Package) Run(
        IReadOnlyList<SequenceData> sequences, ProtocolSettings? settings = null, IReadOnlyList<SequenceData>? others = null, ModelRequest? request = null)
    {
        settings ??= Quick;
        SequenceTraining[] trainings = [.. sequences.Select(s => CandidateTraining.Train(s.Only(CohortSplit.Train), settings, TestContext.Current.CancellationToken))];
        var winner = ModelSelection.Winner(trainings, settings);
        var package = ModelSelection.Select(
            request ?? Request,
            trainings,
            sequences.Single(s => s.Sequence == winner.Sequence),
            others ?? [],
            settings,
            TestContext.Current.CancellationToken);
        return (trainings, package);
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
