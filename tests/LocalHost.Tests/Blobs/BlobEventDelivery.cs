using System.Net;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;

namespace LocalHost.Tests.Blobs;

/// <summary>Event Grid telling of blobs, when it is not the host that does.</summary>
internal static class BlobEventDelivery
{
    /// <summary>Tells a function of a blob, or of one that was there.</summary>
    public static async Task TellAsync(SampleHost app, string function, BlobClient blob, ETag version)
    {
        var told = new
        {
            id = Guid.NewGuid(),
            topic = "/subscriptions/0/storageAccounts/devstoreaccount1",
            subject = $"/blobServices/default/containers/{blob.BlobContainerName}/blobs/{blob.Name}",
            eventType = "Microsoft.Storage.BlobCreated",
            eventTime = DateTimeOffset.UtcNow,
            dataVersion = "",
            metadataVersion = "1",
            data = new { api = "PutBlob", eTag = version.ToString("G").Trim('"'), contentType = "application/octet-stream", blobType = "BlockBlob", url = blob.Uri },
        };
        using var answer = await EventGridDelivery.PostAsync(app.Http, "blobs", "Host.Functions." + function, "Notification", JsonSerializer.Serialize(new[] { told }));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }
}
