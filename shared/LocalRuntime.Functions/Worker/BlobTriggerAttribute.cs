using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A new or changed blob starts the function, once per version (ETag).</summary>
public sealed class BlobTriggerAttribute(string blobPath) : TriggerBindingAttribute
{
    /// <summary><c>container/pattern</c>; <c>{name}</c> parts bind greedily, across slashes, to parameters of that name.</summary>
    public string BlobPath { get; } = blobPath;

    /// <summary>The setting that holds the connection string; null is <c>AzureWebJobsStorage</c>.</summary>
    public string? Connection { get; set; }

    /// <summary>How the cloud learns of the blob.</summary>
    public BlobTriggerSource Source { get; set; } = BlobTriggerSource.LogsAndContainerScan;
}
