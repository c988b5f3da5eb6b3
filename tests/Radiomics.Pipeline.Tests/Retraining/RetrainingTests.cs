using System.Text;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline.Tests;

public sealed class RetrainingTests(AzuriteFixture azurite)
{
    private static readonly Approval _yes = new(true, "Dr. A", "The card is convincing.");

    [Fact]
    public async Task A_cohort_is_mapped_on_the_way_in_and_what_a_retraining_began_with_is_kept()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        var request = await center.RequestAsync("r-1", 4, PromotionMode.Rule);
        var replaced = await PutAsync(center, RetrainingCenter.Cohort(6), CohortIdentity.Original);

        var stored = await center.Store.TextAsync(Containers.Cohorts, request.Cohort);
        Assert.DoesNotContain("1.2.3.", stored);
        Assert.DoesNotContain("MRN", stored);
        Assert.Contains(center.Mapped(5), stored);
        Assert.Equal(6, replaced.Report.Findings.Count(finding => finding.Code == "StudyMissing"));
        Assert.Equal(4, (await center.Get<CohortStore>().ReadAsync(center.Name, request.CohortSha256)).Cohort.Rows.Count);
        Assert.Equal(replaced.Cohort, await center.Get<CohortStore>().TryPinAsync(center.Name, "cohort"));
    }

    [Fact]
    public async Task A_cohort_with_errors_or_said_to_be_mapped_and_not_is_not_stored()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);

        Assert.Null((await PutAsync(center, "studyUid,label\n1.2.3,1\n1.2.3,0\n", CohortIdentity.Original)).Cohort);
        var raw = await PutAsync(center, RetrainingCenter.Cohort(2), CohortIdentity.Mapped);

        Assert.Equal(["PatientNotMapped", "StudyNotMapped"], raw.Report.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => f.Code).Distinct().Order());
        Assert.Empty(await center.Store.NamesAsync(Containers.Cohorts, center.Name + "/"));
    }

    [Fact]
    public async Task A_cohort_whose_studies_are_missing_is_too_small()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        var request = await center.RequestAsync("r-1", 10, PromotionMode.Rule);

        var e = await Assert.ThrowsAsync<RadiomicsException>(() => center.Get<RetrainingPlanning>().PlanAsync(request));

        Assert.Equal("CohortTooSmall", e.Code);
        Assert.Contains("10 studies", e.Detail);
    }

    [Fact]
    public async Task Features_that_are_there_are_reused_and_the_missing_ones_are_extracted_once()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(40, withoutFeatures: [3, 8]);
        var request = await center.RequestAsync("r-1", 42, PromotionMode.Rule);

        var plan = await center.Get<RetrainingPlanning>().PlanAsync(request);
        var first = await center.Get<CohortExtraction>().ExtractAsync(request, plan, 0);
        var again = await center.Get<CohortExtraction>().ExtractAsync(request, plan, 0);

        Assert.Equal((1, 40), (plan.ExtractionBatches, plan.Groups.Single().Cases));
        Assert.Equal((2, 0, 0), (first.Made, first.Reused, first.Failed));
        Assert.Equal((0, 2, first.Findings), (again.Made, again.Reused, again.Findings));
        var report = BlobStore.Parse<CohortReport>(await center.Store.ReadCheckedAsync(Containers.Models, plan.Report.Blob, plan.Report.Sha256));
        Assert.Equal([42, 43], report.Findings.Where(finding => finding.Code == "StudyMissing").Select(finding => finding.Line));
        Assert.Equal(plan.Plan, (await center.Get<RetrainingPlanning>().PlanAsync(request)).Plan);
    }

    [Fact]
    public async Task Stability_is_measured_on_training_patients_and_found_the_next_time()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(12, withoutFeatures: [.. Enumerable.Range(0, 12)]);
        var request = await center.RequestAsync("r-1", 12, PromotionMode.Rule, RetrainingCenter.Protocol with { StabilityPatients = 2 });
        var plan = await center.Get<RetrainingPlanning>().PlanAsync(request);

        var first = await center.Get<StabilityMeasurement>().MeasureAsync(request, plan, 0);
        var again = await center.Get<StabilityMeasurement>().MeasureAsync(request, plan, 0);

        Assert.Equal(1, plan.StabilityBatches);
        Assert.Equal((2 * Perturbations.Default.Count, 0), (first.Made, first.Failed));
        Assert.Equal((0, 2 * Perturbations.Default.Count), (again.Made, again.Reused));
    }

    [Fact]
    public async Task A_model_is_trained_promoted_by_rule_and_recorded_and_the_same_inputs_give_the_same_package()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(80);
        var request = await center.RequestAsync("r-1", 80, PromotionMode.Rule);
        var (plan, model) = await center.TrainAsync(request);
        var other = await center.TrainAsync(request with { Id = "r-2" });

        var result = await center.Get<Promotion>().PromoteAsync(request, plan, model, null);
        var again = await center.Get<Promotion>().PromoteAsync(request, plan, model, null);
        await center.Get<RetrainingPublication>().PublishAsync(request, plan, [new RetrainedGroup { FieldStrength = "3.0T", Model = model, Promotion = result }]);

        Assert.Equal(model.Sha256, other.Model.Sha256);
        Assert.Equal((true, "BetterThanChance"), (result.Promoted, result.Code));
        Assert.Equal(result, again);
        Assert.Equal(model.Version, (await center.Get<ModelRegistry>().CurrentAsync(center.Name, "3.0T"))!.Version);
        Assert.Contains($"{center.Name}/3.0T/{model.Version}/card.html", await center.Store.NamesAsync(Containers.Models, $"{center.Name}/3.0T/"));
        Assert.Equal(RetrainingState.Succeeded, (await center.Get<RetrainingStore>().TryGetAsync(center.Name, "r-1"))!.Status);
        Assert.True((await center.Get<AuditTrail>().VerifyAsync(center.Name)).Intact);
    }

    [Fact]
    public async Task A_model_that_is_no_better_than_the_current_one_is_refused_with_the_figures()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(80);
        var (first, second) = await TwoAsync(center, RetrainingCenter.Protocol with { L2 = 3 });

        var result = await center.Get<Promotion>().PromoteAsync(second.Request, second.Plan, second.Model, null);

        Assert.NotEqual(first.Version, second.Model.Version);
        Assert.Equal((false, "NotBetter"), (result.Promoted, result.Code));
        Assert.Equal((12, 12), (result.Comparison!.Positives, result.Comparison.Negatives));
        Assert.Equal(first.Version, result.Previous!.Version);
    }

    [Fact]
    public async Task Held_out_patients_that_the_current_model_was_trained_on_do_not_count()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(80);
        var (_, second) = await TwoAsync(center, RetrainingCenter.Protocol with { Seed = 2 });

        var result = await center.Get<Promotion>().PromoteAsync(second.Request, second.Plan, second.Model, null);

        Assert.Equal((false, "TooFewHeldOut"), (result.Promoted, result.Code));
        Assert.InRange(result.Comparison!.Positives + result.Comparison.Negatives, 0, 20);
    }

    [Fact]
    public async Task Held_out_patients_whom_the_current_model_knows_from_studies_of_another_cohort_do_not_count()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(160);
        var earlier = await RequestAsync(center, "r-1", firstStudy: 0, isTrain: patient => patient < 56);
        var (earlierPlan, earlierModel) = await center.TrainAsync(earlier);
        await center.Get<Promotion>().PromoteAsync(earlier, earlierPlan, earlierModel, _yes);
        var request = await RequestAsync(center, "r-2", firstStudy: 80, isTrain: patient => patient >= 24);
        var (plan, model) = await center.TrainAsync(request);

        var result = await center.Get<Promotion>().PromoteAsync(request, plan, model, null);

        Assert.Equal((24, "TooFewHeldOut"), (plan.Groups.Single().TestCases, result.Code));
        Assert.Equal((earlierModel.Version, 0, 0), (result.Comparison!.Incumbent, result.Comparison.Positives, result.Comparison.Negatives));
    }

    [Fact]
    public async Task A_retraining_goes_no_further_with_a_plan_of_another_engine()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(40);
        var request = await center.RequestAsync("r-1", 40, PromotionMode.None);
        var plan = await center.Get<RetrainingPlanning>().PlanAsync(request);
        var blobs = center.Get<RetrainingBlobs>();
        var older = await blobs.KeepAsync(request with { Id = "r-2" }, "plan", await blobs.PlanAsync(plan) with { EngineVersion = "0.0.1" });

        var e = await Assert.ThrowsAsync<RadiomicsException>(() => center.Get<CandidateStep>().TrainAsync(request, plan with { Plan = older }, "3.0T", "T1_F"));

        Assert.Equal("ServiceUpdated", e.Code);
    }

    [Fact]
    public async Task A_cohort_that_was_put_past_the_door_unmapped_is_refused_and_not_copied()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.Store.WriteOnceAsync(Containers.Cohorts, $"{center.Name}/raw.csv", new BinaryData(RetrainingCenter.Cohort(4)), "text/csv");

        var e = await Assert.ThrowsAsync<RadiomicsException>(() => center.Get<CohortStore>().TryPinAsync(center.Name, "raw"));

        Assert.Equal("CohortInvalid", e.Code);
        Assert.Equal([$"{center.Name}/raw.csv"], await center.Store.NamesAsync(Containers.Cohorts, center.Name + "/"));
    }

    [Fact]
    public async Task A_rollback_to_a_model_that_can_not_be_used_is_refused()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(40);
        var request = await center.RequestAsync("r-1", 40, PromotionMode.Approval);
        var (plan, model) = await center.TrainAsync(request);
        await center.Store.WriteJsonOnceAsync(
            Containers.Models, $"{center.Name}/3.0T/current.json", new ModelPointer { Version = "00000000feedbeef", Sequence = "T1_F", Sha256 = model.Sha256, PromotedBy = "demonstration" });
        await center.Store.WriteOnceAsync(Containers.Models, $"{center.Name}/3.0T/00000000feedbeef/package.zip", await PackageAsync(center, model), "application/zip");
        await center.Get<Promotion>().PromoteAsync(request, plan, model, _yes);

        var e = await Assert.ThrowsAsync<RadiomicsException>(() => center.Get<ModelPromotions>().RollbackAsync(center.Name, "3.0T", null, "Dr. B", "Why not.", "test"));

        Assert.Equal("ModelUnusable", e.Code);
        Assert.Equal((model.Version, "approval"), await CurrentAsync(center));
    }

    [Fact]
    public async Task Approvals_at_once_each_make_one_state_and_rollback_goes_back_one_by_one()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(40);
        List<(RetrainingRequest Request, RetrainingPlan Plan, TrainedModel Model)> trained = [];
        for (var i = 0; i < 4; i++)
        {
            var request = await center.RequestAsync($"r-{i}", 40, PromotionMode.Approval, RetrainingCenter.Protocol with { Seed = i + 1 });
            var (plan, model) = await center.TrainAsync(request);
            trained.Add((request, plan, model));
        }

        var results = await Task.WhenAll(trained.Select(t => Task.Run(() => center.Get<Promotion>().PromoteAsync(t.Request, t.Plan, t.Model, _yes))));
        var promotions = center.Get<ModelPromotions>();
        var history = await promotions.HistoryAsync(center.Name, "3.0T");
        var back = await promotions.RollbackAsync(center.Name, "3.0T", null, "Dr. B", "Too many false alarms.", "test");
        var further = await promotions.RollbackAsync(center.Name, "3.0T", null, "Dr. B", "Still too many.", "test");
        var unknown = await Assert.ThrowsAsync<RadiomicsException>(() => promotions.RollbackAsync(center.Name, "3.0T", "0123456789abcdef", "Dr. B", "x", "test"));

        Assert.All(results, result => Assert.True(result.Promoted));
        Assert.Equal([1, 2, 3, 4], history.Select(state => state.Number));
        Assert.Equal(trained.Select(t => t.Model.Version).Order(), history.Select(state => state.Version).Order());
        Assert.Equal([null, .. history.Take(3).Select(state => state.Version)], history.Select(state => state.Previous?.Version));
        Assert.Equal((history[2].Version, 5), (back.Version, back.Number));
        Assert.Equal((history[1].Version, 6), (further.Version, further.Number));
        Assert.Equal(further.Version, (await center.Get<ModelRegistry>().CurrentAsync(center.Name, "3.0T"))!.Version);
        Assert.Equal("ModelVersionUnknown", unknown.Code);
        Assert.True((await center.Get<AuditTrail>().VerifyAsync(center.Name)).Intact);
    }

    [Fact]
    public async Task A_crash_after_the_pointer_moved_is_made_good_by_the_next_run()
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(40);
        var request = await center.RequestAsync("r-1", 40, PromotionMode.Approval);
        var (plan, model) = await center.TrainAsync(request);
        await center.Get<Promotion>().PromoteAsync(request, plan, model, _yes);
        await center.Store.Blob(Containers.Models, $"{center.Name}/3.0T/history/000001.json").DeleteAsync();
        await center.Store.Blob(Containers.Models, $"{center.Name}/retrainings/r-1/approve/3.0T.json").DeleteAsync();

        Assert.True((await center.Get<Promotion>().PromoteAsync(request, plan, model, _yes)).Promoted);
        Assert.Equal(1, Assert.Single(await center.Get<ModelPromotions>().HistoryAsync(center.Name, "3.0T")).Number);
        Assert.Contains($"{center.Name}/3.0T/history/000001.json", await center.Store.NamesAsync(Containers.Models, $"{center.Name}/3.0T/"));
    }

    [Theory]
    [InlineData(PromotionMode.Approval, "ApprovalTimedOut")]
    [InlineData(PromotionMode.None, "PromotionNotAsked")]
    public async Task Without_a_decision_nothing_becomes_current(PromotionMode mode, string code)
    {
        using var center = await RetrainingCenter.CreateAsync(azurite);
        await center.PutStudiesAsync(40);
        var request = await center.RequestAsync("r-1", 40, mode);
        var (plan, model) = await center.TrainAsync(request);

        var result = await center.Get<Promotion>().PromoteAsync(request, plan, model, null);

        Assert.Equal((false, code), (result.Promoted, result.Code));
        Assert.Null(await center.Get<ModelRegistry>().CurrentAsync(center.Name, "3.0T"));
    }

    private static async Task<(TrainedModel First, (RetrainingRequest Request, RetrainingPlan Plan, TrainedModel Model) Second)> TwoAsync(RetrainingCenter center, ProtocolSettings protocol)
    {
        var request = await center.RequestAsync("r-1", 80, PromotionMode.Rule);
        var (plan, model) = await center.TrainAsync(request);
        Assert.True((await center.Get<Promotion>().PromoteAsync(request, plan, model, null)).Promoted);
        var second = request with { Id = "r-2", Protocol = protocol };
        var trained = await center.TrainAsync(second);
        return (model, (second, trained.Plan, trained.Model));
    }

    private static async Task<RetrainingRequest> RequestAsync(RetrainingCenter center, string id, int firstStudy, Func<int, bool> isTrain)
    {
        var request = await center.RequestAsync(id, 80, PromotionMode.Rule);
        var rows = Enumerable.Range(0, 80).Select(i => $"{RetrainingCenter.Uid(firstStudy + i)},{i % 2},{(isTrain(i) ? "train" : "test")},MRN-{i}\n");
        var upload = await PutAsync(center, "studyUid,label,split,patient\n" + string.Concat(rows), CohortIdentity.Original);
        return request with { CohortSha256 = upload.Cohort!.Sha256 };
    }

    private static async Task<BinaryData> PackageAsync(RetrainingCenter center, TrainedModel model) =>
        (await center.Store.TryReadAsync(Containers.Models, $"{center.Name}/3.0T/{model.Version}/package.zip"))!.Content;

    private static async Task<(string Version, string PromotedBy)> CurrentAsync(RetrainingCenter center)
    {
        var current = (await center.Get<ModelRegistry>().CurrentAsync(center.Name, "3.0T"))!;
        return (current.Version, current.PromotedBy);
    }

    private static Task<CohortUpload> PutAsync(RetrainingCenter center, string csv, CohortIdentity identity) =>
        center.Get<CohortStore>().PutAsync(center.Name, "cohort", new MemoryStream(Encoding.UTF8.GetBytes(csv)), identity, "test");
}
