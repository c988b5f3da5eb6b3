using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Hosting;
using Activity = RadiomicsFunctions.Activities.AwaitStudyActivities;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>
/// Waits until no event has come of a study in a DICOM service for the quiet time, closes this generation of it, fetches the study whole, and has it
/// predicted. Events don't come here: they move a stamp, and this looks at it, so that a history grows with time and not with instances.
/// </summary>
public static class AwaitStudy
{
    /// <summary>
    /// Looks at the stamp in one history. A look and the sleep after it are eight events, and a history is to stay below two hundred: hence not more.
    /// </summary>
    internal const int Rounds = 20;

    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

    private static readonly TaskOptions _retried = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 4, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2));

    // A DICOM service that is being updated or asks for patience comes back within minutes; nobody sends the study's events again.
    private static readonly TaskOptions _retriedForMinutes = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 8, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2));

    /// <summary>Waits and fetches. Null stands for a history that goes on in another one.</summary>
    [Function(nameof(AwaitStudy))]
    public static async Task<AwaitOutcome?> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<AwaitRequest>()!;
        var logger = context.CreateReplaySafeLogger(nameof(AwaitStudy));
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                var check = await context.CallActivityAsync<QuietCheck>(nameof(Activity.CloseIfQuiet), request, _retried);
                if (check.Left == TimeSpan.Zero)
                {
                    return await PredictAsync(context, request, logger);
                }

                await context.CreateTimer(check.Left > _shortest ? check.Left : _shortest, CancellationToken.None);
            }
        }
        catch (TaskFailedException fault)
        {
            logger.WaitFailed(request.Id, fault.TaskName, StepFailure.Describe(fault.FailureDetails));
            throw;
        }

        context.ContinueAsNew(request);
        return null;
    }

    private static async Task<AwaitOutcome> PredictAsync(TaskOrchestrationContext context, AwaitRequest request, ILogger logger)
    {
        var fetched = await context.CallActivityAsync<StepResult<FetchedStudy>>(nameof(Activity.FetchStudy), request, _retriedForMinutes);
        if (fetched.Error is { } error)
        {
            logger.StudyNotFetched(request.Id, error.Code);
            return new AwaitOutcome(null, error);
        }

        var started = await context.CallActivityAsync<StartedPrediction>(nameof(Activity.StartPrediction), fetched.Value!, _retried);
        logger.StudyFetched(request.Id, started.Id);
        return new AwaitOutcome(started.Id, null);
    }
}
