using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Tests.Hosting;

public static class SampleCrash
{
    /// <summary>Kills its own process the first time, and leaves a mark each time.</summary>
    [Function("OnCrash")]
    public static async Task RunAsync([BlobTrigger("%Container%/{name}.crash")] BlobClient blob)
    {
        var marks = blob.GetParentBlobContainerClient();
        var first = !await marks.GetBlobClient("first.mark").ExistsAsync();
        await marks.UploadBlobAsync(first ? "first.mark" : "second.mark", BinaryData.FromString(""));
        if (first)
            Process.GetCurrentProcess().Kill();
    }
}
