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
    /// <returns>Its id.</returns>
    public async Task<string> StartOnceAsync(DurableTaskClient client, UploadRecord upload, string actor)
    {
        var id = PredictionId.OfUpload(upload.UploadId);
        var center = profiles.AreaOf(upload.Center);
        var existing = await client.GetInstanceAsync(id);
        if (IsSettled(existing, await predictions.TryGetAsync(center, id)))
        {
            logger.PredictionExists(id, upload.UploadId);
            return id;
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
            TakesTurns = true,
        };
        if (await StartOnce.StartAsync(client, nameof(PredictStudy), id, request, StartOnce.Settled))
        {
            logger.PredictionStarted(id, upload.UploadId, center);
        }
        else
        {
            logger.PredictionExists(id, upload.UploadId);
        }

        return id;
    }

    // The history may have been purged; the record outlives it.
    private static bool IsSettled(OrchestrationMetadata? existing, PredictionStatus? final) =>
        (existing is not null && StartOnce.Settled.Contains(existing.RuntimeStatus)) || final is { Error: not { IsFault: true } };
}
