using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Fourth step, once per field strength and sequence: the candidates on the training split.</summary>
public sealed class CandidateStep(RetrainingBlobs blobs, ProfileStore profiles, SequenceDataSource source, RetrainingAudit audit)
{
    /// <summary>Trains the candidates; the result is a <see cref="SequenceTraining"/> in <c>models</c>. Nothing of the test split is read.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>CohortUnusable</c>, <c>NoFeatures</c>: nothing can be learned from this sequence; the retraining goes on with the others.</exception>
    public async Task<BlobReference> TrainAsync(RetrainingRequest request, RetrainingPlan plan, string fieldStrength, string sequence)
    {
        var part = $"training/{fieldStrength}/{sequence}";
        var training = await blobs.TryFindAsync(request, part) ?? await blobs.KeepAsync(request, part, await TrainAsync(request, await blobs.PlanAsync(plan), fieldStrength, sequence));
        await audit.TrainedAsync(request, fieldStrength, sequence, training);
        return training;
    }

    private async Task<SequenceTraining> TrainAsync(RetrainingRequest request, PlanDocument document, string fieldStrength, string sequence)
    {
        var settings = (await profiles.GetAsync(request.Center, document.ProfileSha256)).Settings;
        var features = await source.LoadAsync(document, document.Trained(fieldStrength), sequence, settings, request.Protocol, CohortSplit.Train);
        return CandidateTraining.Train(features.Data, request.Protocol);
    }
}
