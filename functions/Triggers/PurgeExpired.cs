using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Histories;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Triggers;

/// <summary>Every night: what is older than the settings <c>Radiomics__Retention__…</c> want it kept goes (<see cref="Retention"/>).</summary>
public sealed class PurgeExpired(Retention retention, ILogger<PurgeExpired> logger)
{
    /// <summary>Runs at half past two, UTC. One that is cut short leaves the rest to the next.</summary>
    /// <exception cref="StepFault">Whatever goes wrong; an alert listens to the line that tells it.</exception>
    [Function(nameof(PurgeExpired))]
    public Task Run([TimerTrigger("0 30 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) => StepFault.OfAsync(async () =>
    {
        var report = await RunAsync(client, cancellation);
        var counts = string.Join(", ", report.Things.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));
        logger.RetentionRan(report.Things.Values.Sum(), report.Deleted, report.IsCutShort ? $"{counts}; time was up, there may be more" : counts);
        if (report.Unannounced + report.Unreadable + report.Stayed > 0)
        {
            logger.RetentionLeft(report.Unannounced, report.Unreadable, report.Stayed);
        }

        foreach (var instance in report.InTheWay)
        {
            logger.RetentionHeldUp(instance.Id, instance.Since, instance.IsSuspended, string.Join(", ", instance.Centers));
        }

        return report;
    });

    private async Task<RetentionReport> RunAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        try
        {
            return await retention.RunAsync(new DurableHistories(client, logger), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            logger.RetentionFailed(StepFault.Describe(e));
            throw;
        }
    }
}
