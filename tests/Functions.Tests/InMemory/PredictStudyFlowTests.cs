using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using Steps = RadiomicsFunctions.Activities.PredictStudyActivities;

namespace Functions.Tests.InMemory;

/// <summary>Which steps a prediction takes, whatever they give.</summary>
[Collection(nameof(InMemoryCollection))]
public sealed class PredictStudyFlowTests(InMemoryHub hub)
{
    private static readonly PredictionError _unusable = new("SequenceTooSmall", "The sequence is too small.");

    [Fact]
    public async Task A_study_goes_through_every_step_once()
    {
        var script = Succeeding();

        var end = await hub.PredictAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(new PredictionOutcome(Samples.Blob, null), end.ReadOutputAs<PredictionOutcome>());
        Assert.Equal(
            [nameof(Steps.PlanPrediction), nameof(Steps.IngestStudy), nameof(Steps.ExtractFeatures), nameof(Steps.ExtractFeatures), nameof(Steps.Predict), nameof(Steps.PublishPrediction)],
            script.Calls);
        Assert.Equal(["T1_F", "T1_W"], script.InputsOf<ExtractInput>(nameof(Steps.ExtractFeatures)).Select(input => input.Sequence).Order());
        Assert.Equal("T1_F", Assert.Single(script.InputsOf<PredictInput>(nameof(Steps.Predict))).Features.Blob);
        var published = Assert.Single(script.InputsOf<PublishInput>(nameof(Steps.PublishPrediction)));
        Assert.Equal([new("T1_F", FeaturesOf("T1_F"), null), new("T1_W", FeaturesOf("T1_W"), null)], published.Sequences);
        Assert.Equivalent(Samples.Score, published.Score);
        Assert.All(end.ReadCustomStatusAs<PredictionProgress>()!.Sequences.Values, state => Assert.Equal(SequenceState.Done, state));
    }

    [Fact]
    public async Task The_report_of_a_study_from_a_dicom_service_returns_there_and_of_no_other()
    {
        var script = Succeeding();

        await hub.PredictAsync(Request() with { DicomService = "0123456789ab" }, script);

        Assert.Equal([nameof(Steps.PublishPrediction), nameof(Steps.ReturnReport)], script.Calls.TakeLast(2));
    }

    [Fact]
    public async Task A_report_that_cannot_be_returned_changes_nothing_of_the_prediction()
    {
        foreach (var script in new[]
        {
            Succeeding().On(nameof(Steps.ReturnReport), new StepResult<ReturnedReport>(null, Samples.Error)),
            Succeeding().OnThrow(nameof(Steps.ReturnReport), () => StepFault.Of(new TimeoutException())),
        })
        {
            var end = await hub.PredictAsync(Request() with { DicomService = "0123456789ab" }, script);

            Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
            Assert.Equal(new PredictionOutcome(Samples.Blob, null), end.ReadOutputAs<PredictionOutcome>());
            Assert.DoesNotContain(nameof(Steps.PublishFailure), script.Calls);
        }
    }

    [Fact]
    public async Task An_upload_that_cannot_be_used_is_published_as_a_failure_and_completes_with_it()
    {
        var script = Succeeding().On(nameof(Steps.IngestStudy), new StepResult<StudyReference>(null, Samples.Error));

        var end = await hub.PredictAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(Samples.Error, end.ReadOutputAs<PredictionOutcome>()!.Error);
        Assert.Equal([nameof(Steps.PlanPrediction), nameof(Steps.IngestStudy), nameof(Steps.PublishFailure)], script.Calls);
        Assert.Equal(Samples.Error, Assert.Single(script.InputsOf<FailureInput>(nameof(Steps.PublishFailure))).Error);
    }

    [Fact]
    public async Task A_step_that_fails_four_times_is_published_as_the_services_fault_and_fails_the_instance()
    {
        var script = Succeeding().OnThrow(nameof(Steps.Predict), () => StepFault.Of(new TimeoutException("of a patient's name")));

        var end = await hub.PredictAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(4, script.Calls.Count(call => call == nameof(Steps.Predict)));
        Assert.Equal(nameof(Steps.PublishFailure), script.Calls.Last());
        var published = Assert.Single(script.InputsOf<FailureInput>(nameof(Steps.PublishFailure)));
        Assert.Equal(PredictionError.Fault, published.Error);
        Assert.All(published.Progress.Sequences.Values, state => Assert.Equal(SequenceState.Done, state));
    }

    [Fact]
    public async Task A_step_that_fails_three_times_is_not_noticed()
    {
        var attempts = 0;
        var script = Succeeding().On<IngestInput>(
            nameof(Steps.IngestStudy),
            _ => Interlocked.Increment(ref attempts) < 4 ? throw StepFault.Of(new TimeoutException()) : new StepResult<StudyReference>(Samples.Study, null));

        var end = await hub.PredictAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(4, script.Calls.Count(call => call == nameof(Steps.IngestStudy)));
        Assert.DoesNotContain(nameof(Steps.PublishFailure), script.Calls);
    }

    [Fact]
    public async Task A_failure_that_cannot_be_published_fails_the_instance_too()
    {
        var script = Succeeding()
            .On(nameof(Steps.IngestStudy), new StepResult<StudyReference>(null, Samples.Error))
            .OnThrow(nameof(Steps.PublishFailure), () => StepFault.Of(new TimeoutException()));

        var end = await hub.PredictAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(4, script.Calls.Count(call => call == nameof(Steps.PublishFailure)));
    }

    [Fact]
    public async Task A_sequence_that_the_model_does_not_read_may_be_unusable()
    {
        var script = Succeeding().On<ExtractInput>(nameof(Steps.ExtractFeatures), input => input.Sequence == "T1_W" ? Unusable() : Features(input.Sequence));

        var end = await hub.PredictAsync(Request(), script);

        Assert.Null(end.ReadOutputAs<PredictionOutcome>()!.Error);
        var published = Assert.Single(script.InputsOf<PublishInput>(nameof(Steps.PublishPrediction)));
        Assert.Equal([new("T1_F", FeaturesOf("T1_F"), null), new("T1_W", null, _unusable)], published.Sequences);
        Assert.NotNull(published.Score);
        Assert.Equal(SequenceState.Failed, end.ReadCustomStatusAs<PredictionProgress>()!.Sequences["T1_W"]);
    }

    [Fact]
    public async Task The_sequence_that_the_model_reads_may_not()
    {
        var script = Succeeding().On<ExtractInput>(nameof(Steps.ExtractFeatures), input => input.Sequence == "T1_F" ? Unusable() : Features(input.Sequence));

        var end = await hub.PredictAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(_unusable, end.ReadOutputAs<PredictionOutcome>()!.Error);
        Assert.DoesNotContain(nameof(Steps.Predict), script.Calls);
        Assert.Equal(SequenceState.Failed, Assert.Single(script.InputsOf<FailureInput>(nameof(Steps.PublishFailure))).Progress.Sequences["T1_F"]);
    }

    [Fact]
    public async Task A_center_without_models_is_given_features_of_what_can_be_used()
    {
        var script = Succeeding()
            .On(nameof(Steps.IngestStudy), new StepResult<StudyReference>(Samples.Study with { ModelSequence = null, FieldStrength = null }, null))
            .On<ExtractInput>(nameof(Steps.ExtractFeatures), input => input.Sequence == "T1_F" ? Unusable() : Features(input.Sequence));

        var end = await hub.PredictAsync(Request(), script);

        Assert.Null(end.ReadOutputAs<PredictionOutcome>()!.Error);
        Assert.DoesNotContain(nameof(Steps.Predict), script.Calls);
        Assert.Null(Assert.Single(script.InputsOf<PublishInput>(nameof(Steps.PublishPrediction))).Score);
    }

    [Fact]
    public async Task A_study_of_which_nothing_can_be_used_fails_with_the_first_sequences_error()
    {
        var script = Succeeding()
            .On(nameof(Steps.IngestStudy), new StepResult<StudyReference>(Samples.Study with { ModelSequence = null }, null))
            .On(nameof(Steps.ExtractFeatures), Unusable());

        var end = await hub.PredictAsync(Request(), script);

        Assert.Equal(_unusable, end.ReadOutputAs<PredictionOutcome>()!.Error);
    }

    [Fact]
    public async Task A_model_that_the_profile_has_outgrown_fails_the_instance_without_retries()
    {
        var outgrown = new PredictionError(PredictionError.ModelDoesNotFitProfile, "The model doesn't fit the profile.");
        var script = Succeeding().On(nameof(Steps.Predict), new StepResult<ModelScore>(null, outgrown));

        var end = await hub.PredictAsync(Request(), script);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Single(script.Calls, nameof(Steps.Predict));
        Assert.Equal(outgrown, Assert.Single(script.InputsOf<FailureInput>(nameof(Steps.PublishFailure))).Error);
    }

    private static PredictionRequest Request() => Samples.Prediction with { Id = PredictionId.OfUpload($"{Guid.NewGuid()}"), DicomService = null };

    private static BlobReference FeaturesOf(string sequence) => new(sequence, "ab12");

    private static StepResult<BlobReference> Features(string sequence) => new(FeaturesOf(sequence), null);

    private static StepResult<BlobReference> Unusable() => new(null, _unusable);

    private static Script Succeeding() => new Script()
        .On(nameof(Steps.PlanPrediction), new StepResult<PredictionPlan>(Samples.Plan, null))
        .On(nameof(Steps.IngestStudy), new StepResult<StudyReference>(Samples.Study, null))
        .On<ExtractInput>(nameof(Steps.ExtractFeatures), input => Features(input.Sequence))
        .On(nameof(Steps.Predict), new StepResult<ModelScore>(Samples.Score, null))
        .On(nameof(Steps.PublishPrediction), new StepResult<PredictionOutcome>(new PredictionOutcome(Samples.Blob, null), null))
        .On(nameof(Steps.ReturnReport), new StepResult<ReturnedReport>(new ReturnedReport(false), null))
        .On<FailureInput>(nameof(Steps.PublishFailure), input => new PredictionOutcome(Samples.Blob, input.Error));
}
