using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Triggers;

/// <summary>The hospitals' door: a zip, or a folder closed by <c>_ready</c>, has come to lie in <c>incoming</c>.</summary>
public sealed class UploadArrived(UploadDoor door, PredictionStarter starter, ILogger<UploadArrived> logger)
{
    /// <summary>Runs for every blob; those that complete no upload are passed over.</summary>
    /// <exception cref="StepFault">Whatever goes wrong: the host logs it.</exception>
    [Function(nameof(UploadArrived))]
    public Task Run(
        [BlobTrigger("incoming/{name}", Source = BlobTriggerSource.EventGrid, Connection = "RadiomicsStorage")] BlobClient blob,
        [DurableClient] DurableTaskClient client) =>
        UploadName.TryParse(blob.Name) is { } name ? StepFault.OfAsync(() => ReceiveAsync(name, client)) : Task.CompletedTask;

    private async Task<bool> ReceiveAsync(UploadName name, DurableTaskClient client)
    {
        if (await door.ReceiveAsync(name) is not { } upload)
        {
            logger.UploadGone();
            return false;
        }

        await starter.StartOnceAsync(client, upload, "blob-trigger");
        return true;
    }
}
