using Microsoft.Azure.Functions.Worker;
using Radiomics.Pipeline;
using RadiomicsFunctions.Telemetry;

namespace RadiomicsFunctions.Triggers;

/// <summary>Measures how long work has been waiting, whether any comes through or not.</summary>
public sealed class MeasureQueues(QueueMeter queues, TurnDesk desk)
{
    /// <summary>Runs every five minutes.</summary>
    [Function(nameof(MeasureQueues))]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) => StepFault.OfAsync(async () =>
    {
        await queues.MeasureAsync(cancellation);
        await queues.MeasureAsync(desk);
        return true;
    });
}
