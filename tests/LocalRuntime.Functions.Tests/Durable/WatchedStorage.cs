using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using LocalRuntime.Functions.Durable;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRuntime.Functions.Tests.Durable;

/// <summary>Lets a test act right after a blob operation, before its answer is seen.</summary>
internal sealed class WatchedStorage(Func<HttpMessage, Task> answered) : HttpPipelinePolicy
{
    /// <summary>The parts of a hub whose blob operations are watched.</summary>
    public HubServices Services(AzuriteFixture azurite, string hub)
    {
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05);
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
        return ServicesOf(new(azurite.ConnectionString, options), azurite, hub);
    }

    /// <summary>The same without a watch.</summary>
    public static HubServices Unwatched(AzuriteFixture azurite, string hub) => ServicesOf(azurite.Blobs, azurite, hub);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        ProcessAsync(message, pipeline).AsTask().GetAwaiter().GetResult();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        await answered(message);
    }

    private static HubServices ServicesOf(BlobServiceClient blobs, AzuriteFixture azurite, string hub) =>
        new(blobs, azurite.Queues, new TestApp(), new() { HubName = hub }, TimeProvider.System, NullLoggerFactory.Instance);
}
