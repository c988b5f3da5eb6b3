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

    private static readonly TaskOptions _retried = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 4, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2));

    // Nobody sends a study's events again: a DICOM service that is away, or asks for patience, is waited for some four hours.
    private static readonly TaskOptions _retriedForHours = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 14, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

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

                // Queues cut a delay to whole seconds, and less than one would be none.
                await context.CreateTimer(TimeSpan.FromSeconds(Math.Ceiling(check.Left.TotalSeconds) + 1), CancellationToken.None);
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
        var fetched = await context.CallActivityAsync<StepResult<FetchedStudy>>(nameof(Activity.FetchStudy), request, _retriedForHours);
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
