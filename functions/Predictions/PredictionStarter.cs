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
    /// <exception cref="Radiomics.Extraction.RadiomicsException"><c>IdempotencyKeyReused</c>: there is one of that id, of another upload.</exception>
    public async Task StartOnceAsync(DurableTaskClient client, string id, UploadRecord upload, string actor)
    {
        var center = profiles.AreaOf(upload.Center);
        var existing = await client.GetInstanceAsync(id, getInputsAndOutputs: true);
        var final = await predictions.TryGetAsync(center, id);
        if ((existing?.TryReadInput<PredictionRequest>()?.UploadId ?? final?.UploadId ?? final?.Prediction?.UploadId) is { } other && other != upload.UploadId)
        {
            throw IdempotencyKeys.Reused();
        }

        if (IsSettled(existing, final))
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
    }

    // The history may have been purged; the record outlives it.
    private static bool IsSettled(OrchestrationMetadata? existing, PredictionStatus? final) =>
        (existing is not null && StartOnce.Settled.Contains(existing.RuntimeStatus)) || final is { Error: not { IsFault: true } };
}
