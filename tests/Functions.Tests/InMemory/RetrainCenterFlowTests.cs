using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using Steps = RadiomicsFunctions.Activities.RetrainCenterActivities;

namespace Functions.Tests.InMemory;

/// <summary>Which steps a retraining takes, whatever they give.</summary>
[Collection(nameof(InMemoryCollection))]
public sealed class RetrainCenterFlowTests(InMemoryHub hub)
{
    private static readonly Approval _yes = new(true, "Dr. Example", "The card is good.");
    private static readonly Approval _no = new(false, "Dr. Example", "The card is not good.");

    [Fact]
    public async Task A_retraining_goes_through_every_step_in_order()
    {
        var script = Succeeding();

        var end = await hub.RetrainAsync(Request(PromotionMode.Rule), script);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(new RetrainingOutcome(Samples.Blob, null), end.ReadOutputAs<RetrainingOutcome>());
        Assert.Equal(
            [
                nameof(Steps.PlanRetraining), nameof(Steps.ExtractCohort), nameof(Steps.ExtractCohort), nameof(Steps.MeasureStability), nameof(Steps.TrainCandidate), nameof(Steps.TrainCandidate),
                nameof(Steps.SelectModel), nameof(Steps.PromoteModel), nameof(Steps.PublishRetraining),
            ],
            script.Calls);
        Assert.Equal([0, 1], script.InputsOf<BatchInput>(nameof(Steps.ExtractCohort)).Select(input => input.Batch).Order());
        Assert.Equal(["T1_F", "T1_W"], Assert.Single(script.InputsOf<SelectInput>(nameof(Steps.SelectModel))).Trainings.Select(training => training.Blob));
        var group = Assert.Single(Assert.Single(script.InputsOf<PublishRetrainingInput>(nameof(Steps.PublishRetraining))).Groups);
        Assert.Equal((Samples.Model, true), (group.Model, group.Promotion!.Promoted));
        var progress = end.ReadCustomStatusAs<RetrainingProgress>()!;
        Assert.Equal(RetrainingPhase.Publishing, progress.Phase);
        Assert.All(progress.Steps, step => Assert.Equal(step.Total, step.Done));
    }

    [Fact]
    public async Task A_cohort_that_cannot_be_used_is_published_as_a_failure_and_completes_with_it()
    {
        var script = Succeeding().On(nameof(Steps.PlanRetraining), new StepResult<RetrainingPlan>(null, Samples.Error));

        var end = await hub.RetrainAsync(Request(PromotionMode.Rule), script);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(Samples.Error, end.ReadOutputAs<RetrainingOutcome>()!.Error);
        Assert.Equal([nameof(Steps.PlanRetraining), nameof(Steps.PublishRetrainingFailure)], script.Calls);
    }

    [Fact]
    public async Task A_step_that_fails_four_times_is_published_as_the_services_fault_and_fails_the_instance()
    {
        var script = Succeeding().OnThrow(nameof(Steps.SelectModel), () => StepFault.Of(new TimeoutException()));

        var end = await hub.RetrainAsync(Request(PromotionMode.Rule), script);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(4, script.Calls.Count(call => call == nameof(Steps.SelectModel)));
        Assert.Equal(RetrainingOutcome.Fault, Assert.Single(script.InputsOf<RetrainingFailureInput>(nameof(Steps.PublishRetrainingFailure))).Error);
        Assert.DoesNotContain(nameof(Steps.PromoteModel), script.Calls);
    }

    [Fact]
    public async Task A_sequence_that_cannot_be_learned_from_is_skipped_with_the_reason()
    {
        var script = Succeeding().On<TrainInput>(nameof(Steps.TrainCandidate), input => input.Sequence == "T1_W" ? new StepResult<BlobReference>(null, Samples.Error) : Trained(input));

        await hub.RetrainAsync(Request(PromotionMode.Rule), script);

        Assert.Equal(["T1_F"], Assert.Single(script.InputsOf<SelectInput>(nameof(Steps.SelectModel))).Trainings.Select(training => training.Blob));
        var group = Assert.Single(Assert.Single(script.InputsOf<PublishRetrainingInput>(nameof(Steps.PublishRetraining))).Groups);
        Assert.Equal(new SkippedSequence("T1_W", Samples.Error), Assert.Single(group.Skipped));
        Assert.NotNull(group.Model);
    }

    [Fact]
    public async Task A_field_strength_without_anything_to_learn_from_stops_no_other()
    {
        var plan = Samples.RetrainingPlan with { Groups = [new("1.5T", [], 12, 6, 0), new("3.0T", ["T1_F"], 12, 6, 0), new("7.0T", ["T2"], 12, 6, 0)] };
        var script = Succeeding(plan).On<TrainInput>(nameof(Steps.TrainCandidate), input => input.Sequence == "T2" ? new StepResult<BlobReference>(null, Samples.Error) : Trained(input));

        var end = await hub.RetrainAsync(Request(PromotionMode.Rule), script);

        Assert.Null(end.ReadOutputAs<RetrainingOutcome>()!.Error);
        var groups = Assert.Single(script.InputsOf<PublishRetrainingInput>(nameof(Steps.PublishRetraining))).Groups;
        Assert.Equal(
            [("1.5T", "NothingToLearnFrom", false), ("3.0T", null, true), ("7.0T", Samples.Error.Code, false)],
            groups.Select(group => (group.FieldStrength, group.Error?.Code, group.Model is not null)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_waits_for_a_persons_answer_which_decides(bool approved)
    {
        var (request, script) = (Request(PromotionMode.Approval), Succeeding());

        await hub.StartRetrainingAsync(request, script);
        var waiting = await WaitingAsync(request.Id, "3.0T");
        Assert.DoesNotContain(nameof(Steps.PromoteModel), script.Calls);
        await hub.Client.RaiseEventAsync(request.Id, Approval.EventOf("3.0T"), approved ? _yes : _no);
        var end = await hub.EndAsync(request.Id);

        Assert.Equal(new WaitingModel("3.0T", Samples.Model.Version, Samples.Model.Sequence), waiting);
        Assert.Equal(approved ? _yes : _no, Assert.Single(script.InputsOf<PromoteInput>(nameof(Steps.PromoteModel))).Approval);
        Assert.Empty(end.ReadCustomStatusAs<RetrainingProgress>()!.Waiting);
    }

    [Fact]
    public async Task A_model_that_nobody_answers_about_is_decided_about_without_an_answer()
    {
        var script = Succeeding();

        var end = await hub.RetrainAsync(Request(PromotionMode.Approval, TimeSpan.FromMilliseconds(300)), script);

        Assert.Null(Assert.Single(script.InputsOf<PromoteInput>(nameof(Steps.PromoteModel))).Approval);
        Assert.Null(end.ReadOutputAs<RetrainingOutcome>()!.Error);
        Assert.Empty(end.ReadCustomStatusAs<RetrainingProgress>()!.Waiting);
    }

    [Fact]
    public async Task Models_of_two_field_strengths_wait_side_by_side_and_are_answered_in_any_order()
    {
        var request = Request(PromotionMode.Approval);
        var script = Succeeding(Samples.RetrainingPlan with { Groups = [new("1.5T", ["T1_F"], 12, 6, 0), new("3.0T", ["T1_F"], 12, 6, 0)] });

        await hub.StartRetrainingAsync(request, script);
        await WaitingAsync(request.Id, "1.5T");
        await WaitingAsync(request.Id, "3.0T");
        await hub.Client.RaiseEventAsync(request.Id, Approval.EventOf("3.0T"), _no);
        await hub.Client.RaiseEventAsync(request.Id, Approval.EventOf("1.5T"), _yes);
        await hub.EndAsync(request.Id);

        Assert.Equal(
            [("1.5T", _yes), ("3.0T", _no)],
            script.InputsOf<PromoteInput>(nameof(Steps.PromoteModel)).Select(input => (input.Model.FieldStrength, input.Approval!)).OrderBy(answer => answer.FieldStrength));
    }

    [Theory]
    [InlineData(PromotionMode.Rule)]
    [InlineData(PromotionMode.None)]
    public async Task Nobody_is_asked_where_a_rule_decides_or_nothing_is_to_be_promoted(PromotionMode mode)
    {
        var script = Succeeding();

        await hub.RetrainAsync(Request(mode, TimeSpan.FromDays(30)), script);

        Assert.Null(Assert.Single(script.InputsOf<PromoteInput>(nameof(Steps.PromoteModel))).Approval);
    }

    [Fact]
    public async Task A_person_is_asked_where_the_rule_cannot_decide()
    {
        var (request, script) = (Request(PromotionMode.Rule), UndecidedByRule());

        await hub.StartRetrainingAsync(request, script);
        await WaitingAsync(request.Id, "3.0T");
        await hub.Client.RaiseEventAsync(request.Id, Approval.EventOf("3.0T"), _yes);
        await hub.EndAsync(request.Id);

        Assert.Equal([null, _yes], script.InputsOf<PromoteInput>(nameof(Steps.PromoteModel)).Select(input => input.Approval));
        Assert.True(Assert.Single(Assert.Single(script.InputsOf<PublishRetrainingInput>(nameof(Steps.PublishRetraining))).Groups).Promotion!.Promoted);
    }

    [Fact]
    public async Task The_rule_that_cannot_decide_has_the_last_word_if_nobody_answers()
    {
        var script = UndecidedByRule();

        await hub.RetrainAsync(Request(PromotionMode.Rule, TimeSpan.FromMilliseconds(300)), script);

        Assert.Null(Assert.Single(script.InputsOf<PromoteInput>(nameof(Steps.PromoteModel))).Approval);
        Assert.False(Assert.Single(Assert.Single(script.InputsOf<PublishRetrainingInput>(nameof(Steps.PublishRetraining))).Groups).Promotion!.Promoted);
    }

    private static RetrainingRequest Request(PromotionMode mode, TimeSpan? timeout = null) => Samples.Retraining with
    {
        Id = RetrainingId.OfKey("A", $"{Guid.NewGuid()}"),
        Promotion = new PromotionSettings { Mode = mode, ApprovalTimeout = timeout ?? TimeSpan.FromDays(3) },
    };

    private static StepResult<BlobReference> Trained(TrainInput input) => new(new BlobReference(input.Sequence, "ab12"), null);

    private static Script UndecidedByRule() => Succeeding().On<PromoteInput>(
        nameof(Steps.PromoteModel),
        input => new StepResult<PromotionResult>(Samples.Promotion with { Promoted = input.Approval is not null, NeedsApproval = input.Approval is null }, null));

    private static Script Succeeding(RetrainingPlan? plan = null) => new Script()
        .On(nameof(Steps.PlanRetraining), new StepResult<RetrainingPlan>(plan ?? Samples.RetrainingPlan with { ExtractionBatches = 2, StabilityBatches = 1 }, null))
        .On(nameof(Steps.ExtractCohort), new StepResult<BatchResult>(new BatchResult(1, 1, 0, Samples.Blob), null))
        .On(nameof(Steps.MeasureStability), new StepResult<BatchResult>(new BatchResult(1, 1, 0, Samples.Blob), null))
        .On<TrainInput>(nameof(Steps.TrainCandidate), Trained)
        .On<SelectInput>(nameof(Steps.SelectModel), input => new StepResult<TrainedModel>(Samples.Model with { FieldStrength = input.FieldStrength }, null))
        .On<PromoteInput>(nameof(Steps.PromoteModel), input => new StepResult<PromotionResult>(Samples.Promotion with { Promoted = input.Approval is not { Approved: false } }, null))
        .On(nameof(Steps.PublishRetraining), new StepResult<RetrainingOutcome>(new RetrainingOutcome(Samples.Blob, null), null))
        .On<RetrainingFailureInput>(nameof(Steps.PublishRetrainingFailure), input => new RetrainingOutcome(Samples.Blob, input.Error));

    private async Task<WaitingModel> WaitingAsync(string id, string fieldStrength)
    {
        for (var attempt = 0; attempt < 2400; attempt++)
        {
            var instance = await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true);
            if (instance is { SerializedCustomStatus.Length: > 0 }
                && instance.ReadCustomStatusAs<RetrainingProgress>()!.Waiting.FirstOrDefault(waiting => waiting.FieldStrength == fieldStrength) is { } model)
            {
                return model;
            }

            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The retraining {id} never waited for an answer about {fieldStrength}.");
    }
}
