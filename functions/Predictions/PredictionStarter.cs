using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Orchestrations;

namespace RadiomicsFunctions.Predictions;

/// <summary>Starts predictions, each once, however often and through whichever door its upload is announced.</summary>
public sealed class PredictionStarter(CenterProfiles profiles, PredictionStore predictions, PurgedInstances purged, ILogger<PredictionStarter> logger)
{
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
            DicomService = upload.DicomService,
            Run = await purged.NextRunAsync(id, existing?.LastUpdatedAt),
        };
        if (await StartOnce.StartAsync(client, nameof(PredictStudy), id, request, StartOnce.Settled))
        {
            logger.PredictionStarted(id, upload.UploadId, center);
        }
        else
        {
            logger.PredictionExists(id, upload.UploadId);
        }
    }

    private async Task<bool> IsSettledAsync(OrchestrationMetadata? existing, string center, string id)
    {
        if (existing is not null && StartOnce.Settled.Contains(existing.RuntimeStatus))
        {
            return true;
        }

        // The history may have been purged; the record outlives it.
        return await predictions.TryGetAsync(center, id) is { } final && final.Error is not { IsFault: true };
    }
}
