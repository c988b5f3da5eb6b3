using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace LocalRuntime.Functions.Tests.Durable;

/// <summary>
/// A process that dies at its nth storage operation, seen from the storage account: nothing after it arrives. Whether that operation
/// itself still arrives, without its answer being seen, alternates with n.
/// </summary>
internal sealed class DyingStorage(int lastOperation) : HttpPipelinePolicy
{
    private int _operations;

    /// <summary>Ends when the process is dead.</summary>
    public TaskCompletionSource Died { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BlobServiceClient Blobs(string connection)
    {
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05);
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
        return new(connection, options);
    }

    public QueueServiceClient Queues(string connection)
    {
        var options = new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05);
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
        return new(connection, options);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        ProcessAsync(message, pipeline).AsTask().GetAwaiter().GetResult();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var operation = Interlocked.Increment(ref _operations);
        if (operation < lastOperation || (operation == lastOperation && lastOperation % 2 == 0))
            await ProcessNextAsync(message, pipeline);
        if (operation < lastOperation)
            return;
        Died.TrySetResult();
        await Task.Delay(Timeout.Infinite, message.CancellationToken);
    }
}
