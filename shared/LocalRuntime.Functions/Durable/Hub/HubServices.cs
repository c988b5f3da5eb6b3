using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Durable;

/// <summary>What the parts of a hub share.</summary>
internal sealed class HubServices(
    BlobServiceClient blobs,
    QueueServiceClient queues,
    IDurableFunctions functions,
    DurableTaskOptions options,
    TimeProvider time,
    ILoggerFactory loggers)
{
    public InstanceStore Instances { get; } = new(blobs, options.HubName.ToLowerInvariant());

    public InboxStore Inbox { get; } = new(blobs, options.HubName.ToLowerInvariant());

    public WorkItemQueue WorkItems { get; } = new(queues, options.HubName.ToLowerInvariant());

    public InstanceChanges Changes { get; } = new();

    public IDurableFunctions Functions => functions;

    public DurableTaskOptions Options => options;

    public TimeProvider Time => time;

    public ILoggerFactory Loggers => loggers;

    public ILogger Logger { get; } = loggers.CreateLogger("DurableTask");

    /// <summary>The notes of what this process holds; null before the hub starts.</summary>
    public LocalClaims? Claims { get; set; }

    /// <summary>Asks for a turn of an instance; set by the hub.</summary>
    public Action<string> SignalInstance { get; set; } = _ => { };

    /// <summary>Says that there is something in the queue; set by the hub.</summary>
    public Action SignalWork { get; set; } = () => { };

    public Task EnsureAsync(CancellationToken cancellation) => Task.WhenAll(
        Instances.EnsureAsync(cancellation), Inbox.EnsureAsync(cancellation), WorkItems.EnsureAsync(cancellation));

    /// <summary>Puts an item into an instance's inbox and asks for a turn.</summary>
    public async Task DeliverAsync(string instanceId, string key, InboxItem item, CancellationToken cancellation)
    {
        await Inbox.TryAddAsync(instanceId, key, item, cancellation);
        SignalInstance(instanceId);
    }
}
