using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Hosting;

/// <summary>Writes from time to time, and before the process ends, who read what.</summary>
internal sealed class ReadAuditWriter(ReadAudit reads, AuditOptions options, TimeProvider clock, ILogger<ReadAuditWriter> logger) : BackgroundService
{
    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.ReadSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is written at the stop.
        }
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        try
        {
            await reads.FlushAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // It is kept, and tried again; also where somebody who was asked didn't answer in time, which looks like a cancellation.
            logger.ReadsNotWritten(StepFault.Describe(e), e.StackTrace);
        }
    }
}
