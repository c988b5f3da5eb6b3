namespace Radiomics.Learning.Tests;

public class ScopeComparisonTests
{
    private static readonly ProtocolSettings Quick = PlantedSequences.Quick;

    [Fact]
    public void Other_centers_help_once_their_shift_is_taken_off()
    {
        // Most of the other center's cases are positive, so that to a model of both all that shifts between scanners looks like the outcome.
        var own = PlantedSequences.Generate(patients: 60, strength: 0.9);
        var other = Shifted(PlantedSequences.Generate(patients: 240, strength: 0.9, seed: 8, batch: "B/3.0T"));
        var scopes = Scopes(own, other.Rows([.. Enumerable.Range(0, 240).Where(i => other.Cases[i].Label || i % 4 == 1)]));

        Assert.Equal(["center", "pooled", "harmonised"], scopes.Select(s => s.Scope));
        Assert.Null(scopes[0].P);
        Assert.True(scopes[2].P < scopes[1].P && scopes[1].P < 1, $"harmonised {scopes[2].P}, pooled {scopes[1].P}: the larger gain is the less likely by chance");
        Assert.True(scopes[2].CvAuc > scopes[0].CvAuc, $"harmonised {scopes[2].CvAuc}, center {scopes[0].CvAuc}");
        Assert.True(scopes[2].CvAuc > scopes[1].CvAuc, $"harmonised {scopes[2].CvAuc}, pooled {scopes[1].CvAuc}");
    }

    [Fact]
    public void The_center_alone_is_the_winners_own_cross_validation()
    {
        var own = PlantedSequences.Generate();
        var (trainings, package) = PlantedSequences.Run([own], others: [PlantedSequences.Generate(seed: 8, batch: "B/3.0T")]);
        Assert.Equal(trainings[0].Candidates[0].CvAuc, package.Card.Scopes[0].CvAuc);
    }

    [Fact]
    public void Held_out_cases_of_other_centers_are_not_learned_from()
    {
        var own = PlantedSequences.Generate();
        var other = PlantedSequences.Generate(seed: 8, batch: "B/3.0T");
        var changed = other with { Cases = [.. other.Cases.Select(c => c.Split == CohortSplit.Test ? c with { Label = !c.Label } : c)] };
        Assert.Equal(Scopes(own, other), Scopes(own, changed));
    }

    [Fact]
    public void A_patient_who_is_held_out_is_not_learned_from_in_another_batch()
    {
        // The other batch is a copy of this center's cases under other study UIDs: whoever learned from a held-out patient's copy would be perfect.
        var own = PlantedSequences.Generate(patients: 60, features: 3, strength: 0, testShare: 0);
        var other = own with { Cases = [.. own.Cases.Select(c => c with { StudyUid = c.StudyUid + ".2", Batch = "A/1.5T" })] };
        var settings = Quick with { Learners = [Learner.FastForest], Trees = 50 };
        var center = CandidateTraining.Train(own, settings, TestContext.Current.CancellationToken).Candidates[0];
        var shared = ScopeComparison.Compare(own, center, [other], settings, TestContext.Current.CancellationToken);
        var strangers = other with { Cases = [.. other.Cases.Select(c => c with { Patient = "other " + c.Patient })] };
        var leaked = ScopeComparison.Compare(own, center, [strangers], settings, TestContext.Current.CancellationToken);
        Assert.True(leaked[1].CvAuc > 0.7, $"leaked {leaked[1].CvAuc}");
        Assert.True(shared[1].CvAuc < 0.65, $"shared {shared[1].CvAuc}");
    }

    [Fact]
    public void Nothing_is_compared_where_nobody_asked_or_nobody_else_is_there()
    {
        var own = PlantedSequences.Generate();
        Assert.Empty(PlantedSequences.Run([own]).Package.Card.Scopes);
        Assert.Empty(PlantedSequences.Run([own], Quick with { ComparePooled = false }, [PlantedSequences.Generate(batch: "B/3.0T")]).Package.Card.Scopes);
    }

    [Fact]
    public void Features_of_other_settings_are_not_pooled_and_the_card_says_so()
    {
        var card = PlantedSequences.Run([PlantedSequences.Generate()], others: [PlantedSequences.Generate(batch: "B/3.0T") with { SettingsHash = "other" }]).Package.Card;
        Assert.Empty(card.Scopes);
        Assert.Contains(card.Limits, limit => limit.Contains("B/3.0T", StringComparison.Ordinal));
    }

    [Fact]
    public void A_batch_that_is_gone_where_its_patient_is_held_out_is_no_failure()
    {
        var own = PlantedSequences.Generate(patients: 60, features: 5);
        var train = own.Only(CohortSplit.Train).Rows([0]);
        var other = train with { Cases = [train.Cases[0] with { StudyUid = train.Cases[0].StudyUid + ".2", Batch = "A/1.5T" }] };

        Assert.Equal(3, Scopes(own, other).Count);
    }

    [Fact]
    public void Covariates_that_harmonisation_cannot_keep_are_on_the_card()
    {
        var own = PlantedSequences.WithCovariates(PlantedSequences.Generate(patients: 60, features: 5));
        var other = PlantedSequences.WithCovariates(PlantedSequences.Generate(patients: 60, features: 5, seed: 8, batch: "B/3.0T"), seed: 10);
        var constant = new double[60];
        own = own with { Covariates = new(60, [.. own.Covariates.Names, "scanner", "height"], [.. own.Covariates.Columns, constant, own.Covariates.Columns[0]]) };
        other = other with { Covariates = new(60, [.. other.Covariates.Names, "scanner"], [.. other.Covariates.Columns, Array.ConvertAll(constant, _ => 1.0)]) };

        bool Says(string limit) => limit.StartsWith("Harmonisation could not keep", StringComparison.Ordinal);
        Assert.EndsWith(": scanner, height.", Assert.Single(PlantedSequences.Run([own], others: [other]).Package.Card.Limits, Says), StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedSequences.Run([own]).Package.Card.Limits, Says);
    }

    private static IReadOnlyList<ScopeCard> Scopes(SequenceData own, SequenceData other) => PlantedSequences.Run([own], others: [other]).Package.Card.Scopes;

    /// <summary>Another scanner: every feature lies elsewhere and spreads otherwise.</summary>
    private static SequenceData Shifted(SequenceData data) => data with
    {
        Radiomics = new(data.Cases.Count, data.Radiomics.Names, [.. data.Radiomics.Columns.Select(column => Array.ConvertAll(column, v => 3 * v + 40))]),
    };
}
