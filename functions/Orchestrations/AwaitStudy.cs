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
    /// Looks at the stamp in one history, which is to stay below two hundred events. A look and the sleep after it are eight, as are a failed attempt and the
    /// wait for the next one. Eleven times 8 and, where the last look closes the generation, 4 for that look, 68 for a study fetched at the ninth attempt, 28
    /// for a prediction started at the fourth and 4 for beginning and end: 192, or 193 where another history went on in this one. A look is seldom repeated.
    /// </summary>
    internal const int Rounds = 12;

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
                var check = await context.CallActivityAsync<QuietCheck>(nameof(Activity.CloseIfQuiet), request, Retries.Usual);
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
        var fetched = await context.CallActivityAsync<StepResult<FetchedStudy>>(nameof(Activity.FetchStudy), request, Retries.ForHours);
        if (fetched.Error is { } error)
        {
            logger.StudyNotFetched(request.Id, error.Code);
            return new AwaitOutcome(null, error);
        }

        var started = await context.CallActivityAsync<StartedPrediction>(nameof(Activity.StartPrediction), fetched.Value!, Retries.Usual);
        logger.StudyFetched(request.Id, started.Id);
        return new AwaitOutcome(started.Id, null);
    }
}
