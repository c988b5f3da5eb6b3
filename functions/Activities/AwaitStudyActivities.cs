using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Orchestrations;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Activities;

/// <summary>The steps of <see cref="AwaitStudy"/>, in its order.</summary>
public sealed class AwaitStudyActivities(ArrivalStore arrivals, StudyFetch fetch, UploadStore uploads, PredictionStarter starter, RadiomicsOptions options)
{
    /// <summary>Looks whether events still come, and closes the generation if they don't.</summary>
    [Function(nameof(CloseIfQuiet))]
    public Task<QuietCheck> CloseIfQuiet([ActivityTrigger] AwaitRequest input) => StepFault.OfAsync(async () =>
        new QuietCheck(await arrivals.CloseIfQuietAsync(input.Study, input.Generation, TimeSpan.FromSeconds(options.StudyQuietSeconds))));

    /// <summary>Makes an upload of the study.</summary>
    [Function(nameof(FetchStudy))]
    public Task<StepResult<FetchedStudy>> FetchStudy([ActivityTrigger] AwaitRequest input) =>
        StepResult.OfAsync(() => fetch.FetchAsync(input.Study, input.Id));

    /// <summary>Starts the upload's prediction, unless the same study has been predicted: it is the upload that it was then.</summary>
    [Function(nameof(StartPrediction))]
    public Task<StartedPrediction> StartPrediction([ActivityTrigger] FetchedStudy input, [DurableClient] DurableTaskClient client) => StepFault.OfAsync(async () =>
        new StartedPrediction(await starter.StartOnceAsync(client, await uploads.GetAsync(input.UploadId), "dicom-service")));

    /// <summary>Writes into the audit trail that the wait ends by a fault.</summary>
    [Function(nameof(RecordFailure))]
    public Task<AwaitOutcome> RecordFailure([ActivityTrigger] WaitFailure input) => StepFault.OfAsync(async () =>
    {
        await fetch.RecordFaultAsync(input.Request.Study, input.Request.Id, input.Step);
        return new AwaitOutcome(null, PredictionError.Fault);
    });
}

/// <summary>Input of <see cref="AwaitStudy"/>: nothing that tells whose study it is.</summary>
/// <param name="Id">The wait, which is the instance (<see cref="ArrivalId"/>).</param>
/// <param name="Study">The study.</param>
/// <param name="Generation">What is waited for.</param>
public sealed record AwaitRequest(string Id, ArrivalKey Study, int Generation);

/// <summary>Output of <see cref="AwaitStudyActivities.CloseIfQuiet"/>.</summary>
/// <param name="Left">How long to wait before looking again; zero if the generation is closed.</param>
public sealed record QuietCheck(TimeSpan Left);

/// <summary>Output of <see cref="AwaitStudyActivities.StartPrediction"/>.</summary>
/// <param name="Id">The prediction.</param>
public sealed record StartedPrediction(string Id);

/// <summary>Input of <see cref="AwaitStudyActivities.RecordFailure"/>.</summary>
/// <param name="Request">The wait.</param>
/// <param name="Step">The step that failed for good.</param>
public sealed record WaitFailure(AwaitRequest Request, string Step);

/// <summary>Output of <see cref="AwaitStudy"/> and of <see cref="AwaitStudyActivities.RecordFailure"/>.</summary>
/// <param name="Prediction">The prediction; null if there is an error.</param>
/// <param name="Error">Why the study could not be fetched.</param>
public sealed record AwaitOutcome(string? Prediction, PredictionError? Error);
