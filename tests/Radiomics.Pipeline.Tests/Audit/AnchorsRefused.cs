using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>Refuses whatever isn't reading among the anchors, as a role on the other containers would.</summary>
internal sealed class AnchorsRefused : HttpPipelineSynchronousPolicy
{
    /// <summary>A client of the account that goes through it.</summary>
    public static BlobServiceClient Client(string connectionString)
    {
        var options = new BlobClientOptions(StorageClients.Version);
        options.AddPolicy(new AnchorsRefused(), HttpPipelinePosition.PerCall);
        return new BlobServiceClient(connectionString, options);
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        var isReading = message.Request.Method == RequestMethod.Get || message.Request.Method == RequestMethod.Head;
        if (!isReading && message.Request.Uri.Path.Split('/').Contains(Containers.AuditAnchors))
            throw new InvalidOperationException($"Not in this thief's power: {message.Request.Method} {message.Request.Uri.Path}");
    }
}
