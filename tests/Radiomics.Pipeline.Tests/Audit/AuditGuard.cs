using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Radiomics.Pipeline.Tests;

/// <summary>Lets nothing be done to the containers <c>audit</c> and <c>audit-anchors</c> that their policies in Azure forbid.</summary>
internal sealed class AuditGuard : HttpPipelineSynchronousPolicy
{
    /// <summary>A client of the account that goes through it.</summary>
    public static BlobServiceClient Client(string connectionString)
    {
        var options = StorageClients.Options();
        options.AddPolicy(new AuditGuard(), HttpPipelinePosition.PerCall);
        return new BlobServiceClient(connectionString, options);
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        var headers = message.Request.Headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        if (AuditRules.Violation(message.Request.Method.Method, message.Request.Uri.ToUri(), headers) is { } violation)
            throw new InvalidOperationException($"This is immutable: {violation}");
    }
}
