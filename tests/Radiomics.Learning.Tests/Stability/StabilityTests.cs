using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class StabilityTests
{
    [Fact]
    public void A_sample_is_drawn_from_training_patients_without_a_look_at_labels()
    {
        LearningCase[] cases = [.. Enumerable.Range(0, 40).Select(i => Case(i, label: i % 3 == 0))];
        LearningCase[] others = [.. cases.Select(one => one with { Label = !one.Label })];
        var chosen = StabilitySample.Choose(cases, 10, seed: 3);
        Assert.Equal(10, chosen.Count);
        Assert.All(chosen, one => Assert.Equal(CohortSplit.Train, one.Split));
        Assert.Equal(10, chosen.Select(one => one.Patient).Distinct().Count());
        Assert.Equal(chosen.Select(one => one.StudyUid), StabilitySample.Choose(others, 10, seed: 3).Select(one => one.StudyUid));
        Assert.Equal(chosen.Select(one => one.StudyUid), StabilitySample.Choose([.. cases.Reverse()], 10, seed: 3).Select(one => one.StudyUid));
        Assert.NotEqual(chosen.Select(one => one.StudyUid), StabilitySample.Choose(cases, 10, seed: 4).Select(one => one.StudyUid));
    }

    [Fact]
    public void A_stable_feature_has_a_high_bound_and_noise_a_low_one()
    {
        var random = new Random(1);
        var patients = Enumerable.Range(0, 30)
            .Select(patient => (IReadOnlyList<FeatureVector>)[.. Enumerable.Range(0, 8).Select(_ => Vector(new()
            {
                ["stable"] = patient + 0.1 * random.NextDouble(),
                ["noise"] = random.NextDouble(),
                ["same"] = 2,
                ["undefined"] = null,
                ["sometimes"] = patient % 2 == 0 ? patient + random.NextDouble() : null,
            }))])
            .ToArray();
        var bounds = StabilityTable.From(patients);
        Assert.True(bounds["stable"] > 0.99);
        Assert.True(bounds["noise"] < 0.2);
        Assert.True(bounds["sometimes"] > 0.9);
        Assert.False(bounds.ContainsKey("undefined"));
        Assert.False(bounds.ContainsKey("same"));
    }

    [Fact]
    public void Patients_with_unequal_images_are_refused()
    {
        var vector = Vector(new() { ["a"] = 1 });
        Assert.Throws<ArgumentException>(() => StabilityTable.From([[vector, vector], [vector]]));
        Assert.Empty(StabilityTable.From([]));
    }

    private static LearningCase Case(int i, bool label) => new()
    {
        StudyUid = $"2.25.{100 + i}",
        Patient = $"p{i / 2}",
        Label = label,
        Batch = "A/3.0T",
        Split = i < 30 ? CohortSplit.Train : CohortSplit.Test,
    };

    private static FeatureVector Vector(Dictionary<string, double?> features)
    {
        var settings = new ExtractionSettings { Name = "test" };
        return new()
        {
            Features = features,
            Diagnostics = new Dictionary<string, double>(),
            Settings = settings,
            SettingsHash = settings.ComputeHash(),
            EngineVersion = FeatureExtractor.EngineVersion,
        };
    }
}
