using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Orchestrations;

namespace RadiomicsFunctions;

/// <summary>Starts predictions, each once, however often and through whichever door its upload is announced.</summary>
public sealed class PredictionStarter(CenterProfiles profiles, PredictionStore predictions, ILogger<PredictionStarter> logger)
{
    private static readonly OrchestrationRuntimeStatus[] _dedupe =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
    ];

    /// <summary>Starts the prediction of an upload unless there is one. One that ended with a fault of the service starts over.</summary>
    public async Task StartOnceAsync(DurableTaskClient client, string id, UploadRecord upload, string actor)
    {
        var center = profiles.AreaOf(upload.Center);
        var existing = await client.GetInstanceAsync(id);
        if (await IsSettledAsync(existing, center, id))
        {
            logger.PredictionExists(id, upload.UploadId);
            return;
        }

        var request = new PredictionRequest
        {
            Id = id,
            UploadId = upload.UploadId,
            Center = center,
            Sender = profiles.SenderOf(upload.Center),
            Actor = actor,
            Run = existing?.LastUpdatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "",
        };
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(PredictStudy),
                request,
                new StartOrchestrationOptions(id).WithDedupeStatuses(_dedupe));
            logger.PredictionStarted(id, upload.UploadId, center);
        }
        catch (Exception)
        {
            // What a refused duplicate throws differs between versions of the host; that the instance is there says it all.
            if (await client.GetInstanceAsync(id) is not { } other || !_dedupe.Contains(other.RuntimeStatus))
            {
                throw;
            }

            logger.PredictionExists(id, upload.UploadId);
        }
    }

    private async Task<bool> IsSettledAsync(OrchestrationMetadata? existing, string center, string id)
    {
        if (existing is not null && _dedupe.Contains(existing.RuntimeStatus))
        {
            return true;
        }

        // The history may have been purged; the record outlives it.
        return await predictions.TryGetAsync(center, id) is { } final && final.Error?.Code != PredictionError.InternalFault;
    }
}
