using DurableTask.Core.History;
using Functions.Tests.InMemory;
using Functions.Tests.Replay;
using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Orchestrations;
using RadiomicsFunctions.Turns;
using Retrain = RadiomicsFunctions.Activities.RetrainCenterActivities;
using Steps = RadiomicsFunctions.Activities.PredictStudyActivities;

namespace Functions.Tests.Turns;

/// <summary>What orchestrations do about turns, whatever the desk says.</summary>
[Collection(nameof(InMemoryCollection))]
public sealed class TurnFlowTests(InMemoryHub hub)
{
    private static readonly PredictionError _unusable = new("StudyHasNoRoi", "The study has no ROI.");

    [Fact]
    public async Task A_study_is_planned_at_once_shown_as_queued_and_ingested_once_it_is_told()
    {
        var request = Samples.Prediction with { Id = PredictionId.OfUpload($"{Guid.NewGuid()}"), DicomService = null, TakesTurns = true };
        var script = Unusable().On(nameof(TurnActivities.TakeTurn), new Turn(7));
        var ending = hub.PredictAsync(request, script);

        await QueuedAsync(request.Id);
        Assert.Equal([nameof(Steps.PlanPrediction), nameof(TurnActivities.TakeTurn)], script.Calls.Order());
        Assert.Equal(new TurnRequest(TurnKind.Study, request.Id, request.Center), Assert.Single(script.InputsOf<TurnRequest>(nameof(TurnActivities.TakeTurn))));
        await hub.Client.RaiseEventAsync(request.Id, TurnKeeper.Event, Turn.Taken);

        Assert.Equal(_unusable, (await ending).ReadOutputAs<PredictionOutcome>()!.Error);
        Assert.Equal([nameof(Steps.IngestStudy), nameof(Steps.PublishFailure)], script.Calls.Skip(2));
    }

    [Fact]
    public async Task A_study_that_has_its_turn_at_once_is_never_shown_as_queued()
    {
        var request = Samples.Prediction with { Id = PredictionId.OfUpload($"{Guid.NewGuid()}"), DicomService = null, TakesTurns = true };

        var end = await hub.PredictAsync(request, Unusable().On(nameof(TurnActivities.TakeTurn), Turn.Taken));

        Assert.Equal(_unusable, end.ReadOutputAs<PredictionOutcome>()!.Error);
        Assert.True(string.IsNullOrEmpty(end.SerializedCustomStatus));
    }

    [Fact]
    public async Task A_study_of_an_unknown_center_is_refused_without_waiting()
    {
        var request = Samples.Prediction with { Id = PredictionId.OfUpload($"{Guid.NewGuid()}"), DicomService = null, TakesTurns = true };
        var script = Unusable().On(nameof(TurnActivities.TakeTurn), new Turn(7)).On(nameof(Steps.PlanPrediction), new StepResult<PredictionPlan>(null, _unusable));

        Assert.Equal(_unusable, (await hub.PredictAsync(request, script)).ReadOutputAs<PredictionOutcome>()!.Error);
        Assert.Equal(nameof(Steps.PublishFailure), script.Calls.Last());
    }

    [Fact]
    public async Task A_retraining_gives_its_turn_back_before_anybody_is_asked_for_approval()
    {
        var request = Samples.Retraining with { Id = RetrainingId.OfKey("A", $"{Guid.NewGuid()}"), TakesTurns = true, Promotion = new PromotionSettings { Mode = PromotionMode.Rule } };
        var script = new Script()
            .On(nameof(TurnActivities.TakeTurn), Turn.Taken)
            .On(nameof(TurnActivities.LeaveTurn), Turn.Taken)
            .On(nameof(Retrain.PlanRetraining), new StepResult<RetrainingPlan>(Samples.RetrainingPlan with { ExtractionBatches = 0, StabilityBatches = 0 }, null))
            .On<TrainInput>(nameof(Retrain.TrainCandidate), input => new StepResult<BlobReference>(Samples.Blob, null))
            .On(nameof(Retrain.SelectModel), new StepResult<TrainedModel>(Samples.Model, null))
            .On(nameof(Retrain.PromoteModel), new StepResult<PromotionResult>(Samples.Promotion, null))
            .On(nameof(Retrain.PublishRetraining), new StepResult<RetrainingOutcome>(new RetrainingOutcome(Samples.Blob, null), null));

        await hub.RetrainAsync(request, script);

        Assert.Equal(
            [
                nameof(TurnActivities.TakeTurn), nameof(Retrain.PlanRetraining), nameof(Retrain.TrainCandidate), nameof(Retrain.TrainCandidate), nameof(Retrain.SelectModel),
                nameof(TurnActivities.LeaveTurn), nameof(Retrain.PromoteModel), nameof(Retrain.PublishRetraining),
            ],
            script.Calls);
    }

    [Fact]
    public void Who_is_told_nothing_asks_by_itself_ever_more_seldom_and_a_day_of_that_is_a_history_of_fewer_than_two_thousand_events()
    {
        var looks = 0;
        var request = Samples.Retraining with { TakesTurns = true };

        var history = PlayedHistory.Of(nameof(RetrainCenter), request.Id, request, activity => activity switch
        {
            nameof(TurnActivities.TakeTurn) => ++looks < 147 ? new Turn(0) : Turn.Taken,
            nameof(Retrain.PlanRetraining) => new StepResult<RetrainingPlan>(null, _unusable),
            _ => new RetrainingOutcome(Samples.Blob, _unusable),
        });

        TimeSpan[] waits = [.. new RecordedHistory(history).Waits];
        Assert.Equal([30, 60, 120, 240, 480, 600, 600], waits.Take(7).Select(wait => wait.TotalSeconds));
        Assert.InRange(waits.Aggregate(TimeSpan.Zero, (all, wait) => all + wait), TimeSpan.FromHours(23), TimeSpan.FromHours(25));
        Assert.InRange(history.Count, 1, 2000);
    }

    private static Script Unusable() => new Script()
        .On(nameof(Steps.PlanPrediction), new StepResult<PredictionPlan>(Samples.Plan, null))
        .On(nameof(Steps.IngestStudy), new StepResult<StudyReference>(null, _unusable))
        .On<FailureInput>(nameof(Steps.PublishFailure), input => new PredictionOutcome(Samples.Blob, input.Error));

    private async Task QueuedAsync(string id)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true) is { SerializedCustomStatus.Length: > 0 } instance && instance.ReadCustomStatusAs<PredictionProgress>()!.Queued)
                return;
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The study {id} never waited.");
    }
}
