using System.Text.Json;
using Azure.Storage.Queues;
using Radiomics;

namespace LocalHost.Tests.Blobs;

/// <summary>Where the blobs end that a function failed for five times.</summary>
internal static class PoisonQueue
{
    /// <summary>The message about a blob, waited for; messages about others stay.</summary>
    public static async Task<JsonElement> MessageAsync(AzuriteFixture azurite, string container, string blob)
    {
        var queue = new QueueClient(azurite.ConnectionString, "webjobs-blobtrigger-poison", new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05)
        {
            MessageEncoding = QueueMessageEncoding.Base64,
        });
        await queue.CreateIfNotExistsAsync();
        return await Patience.UntilAsync(
            async () => (await queue.PeekMessagesAsync(32)).Value
                .Select(message => JsonDocument.Parse(message.Body).RootElement)
                .FirstOrDefault(json => json.GetProperty("ContainerName").GetString() == container && json.GetProperty("BlobName").GetString() == blob),
            json => json.ValueKind == JsonValueKind.Object,
            $"The poison message about {blob}");
    }
}
