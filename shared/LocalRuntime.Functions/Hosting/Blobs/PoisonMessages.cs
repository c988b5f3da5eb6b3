using System.Text.Json;
using Azure;
using Azure.Storage.Queues;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Where a blob ends that a function failed on too often: a queue message that names it, in the real host's words.</summary>
internal static class PoisonMessages
{
    public const string Queue = "webjobs-blobtrigger-poison";

    public static async Task SendAsync(QueueServiceClient account, FunctionEntry function, string container, string blob, ETag version, CancellationToken cancellation)
    {
        var queue = account.GetQueueClient(Queue);
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var message = new
        {
            Type = "BlobTrigger",
            FunctionId = "Host.Functions." + function.Name,
            BlobType = "BlockBlob",
            ContainerName = container,
            BlobName = blob,
            ETag = version.ToString("H"),
        };
        await queue.SendMessageAsync(new BinaryData(JsonSerializer.Serialize(message)), timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellation);
    }
}
