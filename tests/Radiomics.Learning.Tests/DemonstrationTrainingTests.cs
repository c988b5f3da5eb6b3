using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class DemonstrationTrainingTests
{
    [Fact]
    public void A_planted_signal_is_found()
    {
        var card = DemonstrationTraining.Train(Cohorts.Planted(), Cohorts.Request).Card;
        Assert.True(card.CrossValidation.Auc > 0.85, $"AUC {card.CrossValidation.Auc}");
        Assert.Equal("signal", card.Features[0].Name);
        Assert.True(card.Features[0].Weight > 0.5, $"coefficient {card.Features[0].Weight}");
    }

    [Fact]
    public void Shuffled_labels_are_not_predicted()
    {
        var aucs = Enumerable.Range(0, 5)
            .Select(seed => DemonstrationTraining.Train(Cohorts.WithShuffledLabels(Cohorts.Planted(), seed), Cohorts.Request).Card.CrossValidation.Auc);
        Assert.InRange(aucs.Average(), 0.35, 0.6);
    }

    [Fact]
    public void Accuracy_lies_between_sensitivity_and_specificity()
    {
        var r = DemonstrationTraining.Train(Cohorts.Planted(strength: 1), Cohorts.Request).Card.CrossValidation;
        Assert.InRange(r.Accuracy, Math.Min(r.Sensitivity, r.Specificity), Math.Max(r.Sensitivity, r.Specificity));
    }

    [Fact]
    public void The_same_cohort_in_any_order_gives_the_same_bytes()
    {
        var cohort = Cohorts.Planted();
        var first = DemonstrationTraining.Train(cohort, Cohorts.Request);
        var second = DemonstrationTraining.Train([.. cohort.Reverse()], Cohorts.Request);
        Assert.Equal(first.Version, second.Version);
        Assert.Equal(first.Zip, second.Zip);
    }

    [Fact]
    public void Another_cohort_gives_another_version() =>
        Assert.NotEqual(
            DemonstrationTraining.Train(Cohorts.Planted(seed: 7), Cohorts.Request).Version,
            DemonstrationTraining.Train(Cohorts.Planted(seed: 8), Cohorts.Request).Version);

    [Fact]
    public void The_card_says_what_the_model_is_and_that_it_is_not_for_patients()
    {
        var package = DemonstrationTraining.Train(Cohorts.Planted(), Cohorts.Request);
        var card = package.Card;
        Assert.Equal(("A", "3.0T", "T1_F", 11), (card.Center, card.FieldStrength, card.Sequence, card.Seed));
        Assert.Equal((120, 60, true), (card.Cohort.Train.Cases, card.Cohort.Train.Positives, card.Cohort.Synthetic));
        Assert.Equal(Cohorts.Settings.ComputeHash(), card.SettingsHash);
        Assert.Equal(FeatureExtractor.EngineVersion, card.EngineVersion);
        Assert.Equal(package.Version, card.Version);
        Assert.True(card.NotForClinicalUse);
        Assert.Contains("Not for clinical use", card.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_that_is_undefined_in_one_case_is_not_learned_from() =>
        Assert.DoesNotContain("undefined_once", DemonstrationTraining.Train(Cohorts.Planted(), Cohorts.Request).Card.Features.Select(f => f.Name));

    [Fact]
    public void Only_named_candidates_are_learned_from()
    {
        var card = DemonstrationTraining.Train(Cohorts.Planted(), Cohorts.Request with { Candidates = ["noise_2", "noise_1"] }).Card;
        Assert.Equal(["noise_1", "noise_2"], card.Features.Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_unknown_candidate_is_refused_by_its_tag()
    {
        var request = Cohorts.Request with { Candidates = ["signal", "stat_mena"] };
        var error = Assert.Throws<RadiomicsException>(() => DemonstrationTraining.Train(Cohorts.Planted(), request));
        Assert.Equal("CandidateUnknown", error.Code);
        Assert.Contains("stat_mena", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("signal", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_cases_of_a_class_are_refused() => AssertUnusable([.. Cohorts.Planted().Where((c, i) => !c.Label || i < 8)]);

    [Fact]
    public void A_subject_twice_is_refused()
    {
        var cohort = Cohorts.Planted();
        AssertUnusable([.. cohort, cohort[0]]);
    }

    [Fact]
    public void Features_of_several_settings_are_refused()
    {
        var cohort = Cohorts.Planted();
        cohort[3] = cohort[3] with { Features = cohort[3].Features with { SettingsHash = "other" } };
        AssertUnusable(cohort);
    }

    [Fact]
    public void A_cohort_without_a_varying_feature_is_refused() =>
        AssertUnusable([.. Cohorts.Planted().Select(c => c with { Features = Cohorts.Vector(new Dictionary<string, double?> { ["constant"] = 3 }) })]);

    private static void AssertUnusable(IReadOnlyList<LabelledFeatures> cohort) =>
        Assert.Equal("CohortUnusable", Assert.Throws<RadiomicsException>(() => DemonstrationTraining.Train(cohort, Cohorts.Request)).Code);
}
