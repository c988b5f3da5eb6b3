using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class CandidateTrainingTests
{
    private static readonly ProtocolSettings Quick = PlantedSequences.Quick;

    [Fact]
    public void Cases_of_the_test_split_are_refused() =>
        Assert.Throws<ArgumentException>(() => Train(PlantedSequences.Generate()));

    [Fact]
    public void The_order_of_the_cases_plays_no_part()
    {
        var data = PlantedSequences.Generate().Only(CohortSplit.Train);
        Assert.Equivalent(Train(data), Train(PlantedSequences.Reordered(data)), strict: true);
    }

    [Fact]
    public void Every_case_is_scored_once_a_repeat_by_models_that_have_not_seen_it()
    {
        var data = PlantedSequences.Generate(strength: 3).Only(CohortSplit.Train);
        var result = Train(data).Candidates[0];
        Assert.Equal(data.Cases.Count, result.OutOfFold.Count);
        Assert.Equal(Quick.OuterFolds * Quick.OuterRepeats, result.FoldAucs.Count);
        Assert.Equal(result.FoldAucs.Average(), result.CvAuc);
        Assert.True(result.CvAuc > 0.95, $"AUC {result.CvAuc}");
    }

    [Fact]
    public void What_folds_chose_is_counted()
    {
        var result = Train(PlantedSequences.Generate(strength: 2).Only(CohortSplit.Train)).Candidates[0];
        Assert.Equal(8, result.Chosen["signal_0"]);
        Assert.All(result.Chosen.Values, count => Assert.InRange(count, 1, 8));
    }

    [Fact]
    public void All_candidates_of_all_sequences_share_their_folds()
    {
        var settings = Quick with { OuterRepeats = 1 };
        var a = OuterFold.All(PlantedSequences.Generate("T1_F", seed: 1).Only(CohortSplit.Train).Cases, settings);
        var b = OuterFold.All(PlantedSequences.Generate("T2", seed: 2).Only(CohortSplit.Train).Cases, settings);
        Assert.Equal(a.SelectMany(fold => fold.Held), b.SelectMany(fold => fold.Held));
    }

    [Fact]
    public void Feature_sets_times_learners_are_trained_and_what_cannot_be_says_why()
    {
        var settings = Quick with { FeatureSets = [FeatureSet.Radiomics, FeatureSet.Clinical, FeatureSet.Joint], Learners = [Learner.LogisticRegression, Learner.LightGbm], Trees = 5 };
        var data = PlantedSequences.WithCovariates(PlantedSequences.Generate()).Only(CohortSplit.Train);
        var training = Train(data, settings);
        var all = training.Candidates.Select(c => c.Candidate).Concat(training.Skipped.Select(s => s.Candidate)).ToHashSet();
        Assert.Equal(6, all.Count);
        Assert.Equal(LearnerAvailability.WhyNot(Learner.LightGbm) is null ? 6 : 3, training.Candidates.Count);
        Assert.All(training.Skipped, s => Assert.Equal(LearnerAvailability.WhyNot(Learner.LightGbm), s.Reason));
        Assert.Contains("age", training.Candidates.Single(c => c.Candidate is { FeatureSet: FeatureSet.Clinical, Learner: Learner.LogisticRegression }).Chosen.Keys);
    }

    [Fact]
    public void Candidates_that_need_covariates_are_left_out_where_there_are_none()
    {
        var training = Train(PlantedSequences.Generate().Only(CohortSplit.Train), Quick with { FeatureSets = [FeatureSet.Radiomics, FeatureSet.Clinical, FeatureSet.Joint] });
        Assert.Equal(FeatureSet.Radiomics, Assert.Single(training.Candidates).Candidate.FeatureSet);
        Assert.Empty(training.Skipped);
    }

    [Fact]
    public void Too_few_patients_of_a_class_are_refused_with_the_numbers()
    {
        var data = PlantedSequences.Generate(patients: 15, testShare: 0);
        var error = Refused(data, Quick with { OuterFolds = 5, InnerFolds = 5 });
        Assert.Equal("CohortUnusable", error.Code);
        Assert.Contains("at least 7 patients", error.Message, StringComparison.Ordinal);
        Assert.Contains("5 with and 10 without", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patients_are_counted_and_not_their_studies()
    {
        var data = PlantedSequences.Generate(patients: 30, testShare: 0);
        var grouped = data with { Cases = [.. data.Cases.Select((c, i) => c with { Patient = c.Label ? $"p{i % 2}" : c.Patient })] };
        Assert.Contains("2 with and 20 without", Refused(grouped).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_twice_is_refused()
    {
        var data = PlantedSequences.Generate(testShare: 0);
        Assert.Equal("CohortUnusable", Refused(data.Rows([.. Enumerable.Range(0, data.Cases.Count), 3])).Code);
    }

    [Fact]
    public void An_included_name_that_no_feature_has_is_refused_by_its_pattern()
    {
        var error = Refused(PlantedSequences.Generate(testShare: 0), Quick with { Selection = Quick.Selection with { Include = ["signal_.*", "stat_mena"] } });
        Assert.Equal("CohortUnusable", error.Code);
        Assert.Contains("'stat_mena'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_protocol_that_cannot_be_run_is_refused() =>
        Assert.Equal("InvalidProtocol", Refused(PlantedSequences.Generate(testShare: 0), Quick with { OuterFolds = 1 }).Code);

    [Fact]
    public void Features_without_any_variation_score_all_cases_alike()
    {
        var data = PlantedSequences.Generate(testShare: 0);
        var constant = data with { Radiomics = new(data.Cases.Count, ["constant"], [new double[data.Cases.Count]]) };
        Assert.Equal(0.5, Train(constant).Candidates[0].CvAuc);
    }

    [Fact]
    public void Training_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => CandidateTraining.Train(PlantedSequences.Generate(testShare: 0), Quick, cancelled.Token));
    }

    private static SequenceTraining Train(SequenceData data, ProtocolSettings? settings = null) =>
        CandidateTraining.Train(data, settings ?? Quick, TestContext.Current.CancellationToken);

    private static RadiomicsException Refused(SequenceData data, ProtocolSettings? settings = null) =>
        Assert.Throws<RadiomicsException>(() => Train(data, settings));
}
