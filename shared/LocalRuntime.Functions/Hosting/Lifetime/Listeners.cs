using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Everything that waits for blobs and for the clock.</summary>
internal sealed class Listeners(
    FunctionCatalog catalog, StorageConnections storage, FunctionInvoker invoker, HostSettings settings, IConfiguration configuration, TimeProvider time, ILoggerFactory loggers)
    : IHostedService
{
    private readonly CancellationTokenSource _stopping = new();
    private BlobListener[] _blobs = [];
    private TimerListener[] _timers = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Reads what the triggers declare and makes the containers that are missing: whoever is told that the host is ready may write at once.</summary>
    /// <exception cref="FormatException">A schedule or path can't be read, or names a setting that is missing.</exception>
    public Task PrepareAsync(CancellationToken cancellation)
    {
        _blobs = [.. catalog.OfKind(FunctionKind.Blob).Select(NewBlobListener)];
        _timers = [.. catalog.OfKind(FunctionKind.Timer).Select(NewTimerListener)];
        return Task.WhenAll(_blobs.Select(b => b.EnsureContainerAsync(cancellation)));
    }

    public Task StartAsync(CancellationToken cancellation)
    {
        _running = Task.WhenAll([
            .. _blobs.Select(b => Task.Run(() => b.RunAsync(_stopping.Token), CancellationToken.None)),
            .. _timers.Select(t => Task.Run(() => t.RunAsync(_stopping.Token), CancellationToken.None)),
        ]);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing new and waits, as long as the caller does, for what is under way.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private BlobListener NewBlobListener(FunctionEntry function) => new(
        function, BlobPathPattern.Parse(Resolved(((BlobTriggerAttribute)function.Trigger).BlobPath)), storage, invoker, settings, loggers.CreateLogger<BlobListener>());

    private TimerListener NewTimerListener(FunctionEntry function) => new(
        function, TimerSchedule.Parse(Resolved(((TimerTriggerAttribute)function.Trigger).Schedule)), storage, invoker, settings, time, loggers.CreateLogger<TimerListener>());

    private string Resolved(string text) => SettingNames.Resolve(text, configuration);
}
