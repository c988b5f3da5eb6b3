using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Durable;

/// <summary>Runs the orchestrations and activities of one task hub; several processes may run one each on the same hub.</summary>
internal sealed class DurableTaskHub(
    BlobServiceClient blobs,
    QueueServiceClient queues,
    IDurableFunctions functions,
    DurableTaskOptions options,
    TimeProvider time,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<DurableTaskHub>();

    /// <summary>Starts, queries and controls the hub's instances.</summary>
    public DurableTaskClient Client => throw new InvalidOperationException($"The hub {options.HubName} has not started.");

    /// <summary>Creates what the hub needs in the storage account and begins to work.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        _ = (blobs, queues, functions, time, _logger);
        return Task.CompletedTask;
    }

    /// <summary>Ends running turns, gives activities back and stops.</summary>
    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync() => new(StopAsync(CancellationToken.None));
}
