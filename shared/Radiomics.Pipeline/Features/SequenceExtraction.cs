using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Third step, once per sequence: a volume and its ROI in, a feature vector out.</summary>
public sealed class SequenceExtraction(StudyStore studies, ProfileStore profiles, FeatureStore features, StepAudit audit)
{
    /// <summary>Extracts the features of one sequence, or finds them.</summary>
    /// <exception cref="RadiomicsException">No features can be had from this sequence, e.g. <c>EmptyRoi</c>.</exception>
    public async Task<BlobReference> ExtractAsync(PredictionRequest request, PredictionPlan plan, StudyReference study, string sequence)
    {
        var settings = (await profiles.GetAsync(request.Center, plan.ProfileSha256)).Settings;
        var stored = (await studies.GetManifestAsync(study.Manifest)).Sequences.Single(s => s.Name == sequence);
        var name = FeatureStore.NameOf(request.Center, study.StudyUid, sequence, stored.Volume.Sha256, stored.Roi.Sha256, settings.ComputeHash());
        var reference = await features.TryFindAsync(name) ?? await features.SaveAsync(
            name,
            StoredFeatures.Of(
                request.Center,
                study.StudyUid,
                sequence,
                stored.Volume,
                stored.Roi,
                await studies.WithImagesAsync(stored.Volume, stored.Roi, (volume, roi) => Task.FromResult(FeatureExtractor.Extract(volume, roi, settings)))));
        await audit.ExtractedAsync(request, study, sequence, reference);
        return reference;
    }
}
