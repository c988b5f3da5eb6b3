using Microsoft.Extensions.Hosting;
using RadiomicsFunctions.Telemetry;

namespace RadiomicsFunctions.Hosting;

/// <summary>
/// Gives memory back to the machine once no step is at work any more. A collector does nothing while nothing is allocated: what the last volumes took would stay with the process for as long as nobody sends a study.
/// </summary>
internal sealed class RestingMemory(StepsUnderWay steps, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(5);

    // Less is what a process at rest has anyway.
    private const long WorthIt = 96 << 20;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        var collected = 0L;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (steps.Ended != collected && steps.RestingFor is { } rest && rest >= s_rest)
            {
                collected = steps.Ended;
                if (GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes > WorthIt)
                {
                    // The first finds what has finalizers, such as files, the second what those held.
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    GC.WaitForPendingFinalizers();
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                }
            }
        }
    }
}
