using LocalRuntime.Functions.Durable;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Works on the task hub from when the app's own services have started until after the last request.</summary>
internal sealed class TaskHubService(DurableTaskHub hub) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => hub.StartAsync(cancellationToken);

    /// <summary>Waits as long as the host has time to stop; what isn't done by then is found again in storage.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await hub.StopAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
