using Microsoft.Azure.WebJobs.Extensions.Timers;

namespace LocalHost.Jobs;

/// <summary>
/// When each timer last ran and is due next, so that a missed occurrence is seen after a restart; in the blobs that the real host uses. The SDK's own doesn't
/// load beside this version of its storage package.
/// </summary>
internal sealed class ScheduleStatusBlobs(BlobServiceClient storage, string hostId) : ScheduleMonitor
{
    public override async Task<ScheduleStatus> GetStatusAsync(string timerName)
    {
        try
        {
            return (await Blob(timerName).DownloadContentAsync()).Value.Content.ToObjectFromJson<ScheduleStatus>()!;
        }
        catch (Exception e) when (e is RequestFailedException { Status: 404 } or JsonException)
        {
            return null!;
        }
    }

    public override async Task UpdateStatusAsync(string timerName, ScheduleStatus status)
    {
        await storage.GetBlobContainerClient(StorageAccounts.HostsContainer).CreateIfNotExistsAsync();
        await Blob(timerName).UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true);
    }

    private BlobClient Blob(string timer) => storage.GetBlobContainerClient(StorageAccounts.HostsContainer).GetBlobClient($"timers/{hostId}/{timer}/status");
}
