using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Everything that waits for blobs and for the clock, as one thing to start and stop.</summary>
internal sealed class Listeners(
    FunctionCatalog catalog, StorageConnections storage, FunctionInvoker invoker, HostSettings settings, IConfiguration configuration, TimeProvider time, ILoggerFactory loggers)
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <exception cref="FormatException">A schedule or path can't be read, or names a setting that is missing.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var blobs = catalog.OfKind(FunctionKind.Blob)
            .Select(f => new BlobListener(
                f, BlobPathPattern.Parse(Resolved(((BlobTriggerAttribute)f.Trigger).BlobPath)), storage, invoker, settings, loggers.CreateLogger<BlobListener>()))
            .ToArray();
        var timers = catalog.OfKind(FunctionKind.Timer)
            .Select(f => new TimerListener(
                f, TimerSchedule.Parse(Resolved(((TimerTriggerAttribute)f.Trigger).Schedule)), storage, invoker, settings, time, loggers.CreateLogger<TimerListener>()))
            .ToArray();
        // Whoever is told that the host is ready may write at once.
        await Task.WhenAll(blobs.Select(b => b.EnsureContainerAsync(cancellation)));
        _running = Task.WhenAll([
            .. blobs.Select(b => Task.Run(() => b.RunAsync(_stopping.Token))),
            .. timers.Select(t => Task.Run(() => t.RunAsync(_stopping.Token))),
        ]);
    }

    /// <summary>Takes nothing new and waits, as long as the caller does, for what is under way.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private string Resolved(string text) => SettingNames.Resolve(text, configuration);
}
