using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Orchestrations;
using RadiomicsFunctions.Turns;

namespace RadiomicsFunctions.Activities;

/// <summary>The steps of <see cref="PredictStudy"/>, in its order.</summary>
public sealed class PredictStudyActivities(
    PredictionPlanning planning, StudyIngest ingest, SequenceExtraction extraction, Scoring scoring, Publication publication, ReportReturn reports, TurnKeeper turns)
{
    /// <summary>Pins profile and models.</summary>
    [Function(nameof(PlanPrediction))]
    public Task<StepResult<PredictionPlan>> PlanPrediction([ActivityTrigger] PredictionRequest input) =>
        StepResult.OfAsync(() => planning.PlanAsync(input));

    /// <summary>Makes de-identified volumes of the upload.</summary>
    [Function(nameof(IngestStudy))]
    public Task<StepResult<StudyReference>> IngestStudy([ActivityTrigger] IngestInput input) =>
        StepResult.OfAsync(() => ingest.IngestAsync(input.Request, input.Plan));

    /// <summary>Makes a feature vector of one sequence.</summary>
    [Function(nameof(ExtractFeatures))]
    public Task<StepResult<BlobReference>> ExtractFeatures([ActivityTrigger] ExtractInput input) =>
        StepResult.OfAsync(() => extraction.ExtractAsync(input.Request, input.Plan, input.Study, input.Sequence));

    /// <summary>Asks the pinned model.</summary>
    [Function(nameof(Predict))]
    public Task<StepResult<ModelScore>> Predict([ActivityTrigger] PredictInput input) =>
        StepResult.OfAsync(() => scoring.ScoreAsync(input.Request, input.Plan, input.FieldStrength, input.Features));

    /// <summary>Writes the answer, and gives the turn back.</summary>
    [Function(nameof(PublishPrediction))]
    public Task<StepResult<PredictionOutcome>> PublishPrediction([ActivityTrigger] PublishInput input, [DurableClient] DurableTaskClient client) =>
        ThenLeaveAsync(client, input.Request, StepResult.OfAsync(() => publication.PublishAsync(input.Request, input.Plan, input.Study, input.Sequences, input.Score)));

    /// <summary>Sends the answer to the DICOM service that the study came from.</summary>
    [Function(nameof(ReturnReport))]
    public Task<StepResult<ReturnedReport>> ReturnReport([ActivityTrigger] PredictionRequest input) =>
        StepResult.OfAsync(() => reports.ReturnAsync(input));

    /// <summary>Writes the reason why there is no answer, and gives the turn back.</summary>
    [Function(nameof(PublishFailure))]
    public Task<PredictionOutcome> PublishFailure([ActivityTrigger] FailureInput input, [DurableClient] DurableTaskClient client) =>
        ThenLeaveAsync(client, input.Request, StepFault.OfAsync(() => publication.PublishFailureAsync(input.Request, input.Error, input.Progress)));

    private async Task<T> ThenLeaveAsync<T>(DurableTaskClient client, PredictionRequest request, Task<T> step)
    {
        var result = await step;
        if (request.TakesTurns is true)
        {
            await turns.LeaveAsync(client, TurnRequest.For(request));
        }

        return result;
    }
}

/// <summary>Input of <see cref="PredictStudyActivities.IngestStudy"/>.</summary>
public sealed record IngestInput(PredictionRequest Request, PredictionPlan Plan);

/// <summary>Input of <see cref="PredictStudyActivities.ExtractFeatures"/>.</summary>
public sealed record ExtractInput(PredictionRequest Request, PredictionPlan Plan, StudyReference Study, string Sequence);

/// <summary>Input of <see cref="PredictStudyActivities.Predict"/>.</summary>
public sealed record PredictInput(PredictionRequest Request, PredictionPlan Plan, string FieldStrength, BlobReference Features);

/// <summary>Input of <see cref="PredictStudyActivities.PublishPrediction"/>.</summary>
public sealed record PublishInput(
    PredictionRequest Request,
    PredictionPlan Plan,
    StudyReference Study,
    IReadOnlyList<SequenceResult> Sequences,
    ModelScore? Score);

/// <summary>Input of <see cref="PredictStudyActivities.PublishFailure"/>.</summary>
public sealed record FailureInput(PredictionRequest Request, PredictionError Error, PredictionProgress Progress);
