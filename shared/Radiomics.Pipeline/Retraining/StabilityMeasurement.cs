using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Third step, once per batch: features of perturbed volumes and ROIs, without labels.</summary>
public sealed class StabilityMeasurement(RetrainingBlobs blobs, ProfileStore profiles, StudyStore studies, FeatureStore features, RetrainingAudit audit)
{
    /// <summary>Extracts the perturbed features of a batch, or finds them. A study that a perturbation can't be measured on is a finding, and doesn't count for stability.</summary>
    public async Task<BatchResult> MeasureAsync(RetrainingRequest request, RetrainingPlan plan, int batch)
    {
        var document = await blobs.PlanAsync(plan);
        var settings = (await profiles.GetAsync(request.Center, document.ProfileSha256)).Settings;
        var (made, reused) = (0, 0);
        List<RetrainingFinding> findings = [];
        foreach (var item in document.Stability[batch])
        {
            var group = document.Groups[item.Group];
            var planned = group.Cases[item.Case];
            var sequence = planned.Sequences[item.Sequence];
            try
            {
                var missing = await MissingAsync(sequence, request.Protocol.Seed);
                reused += Perturbations.Default.Count - missing.Count;
                if (missing.Count == 0)
                {
                    continue;
                }

                made += await studies.WithImagesAsync(sequence.Volume, sequence.Roi, async (volume, roi) =>
                {
                    foreach (var perturbation in missing)
                    {
                        var (image, mask) = Perturbations.Apply(volume, roi, perturbation, request.Protocol.Seed);
                        var vector = FeatureExtractor.Extract(image, mask, settings);
                        await features.SaveAsync(
                            FeatureStore.PerturbedNameOf(sequence.Features, perturbation, request.Protocol.Seed),
                            StoredFeatures.Of(group.Center, planned.Case.StudyUid, item.Sequence, sequence.Volume, sequence.Roi, vector) with { Perturbation = perturbation.Name });
                    }

                    return missing.Count;
                });
            }
            catch (RadiomicsException e) when (e is not AlteredException)
            {
                findings.Add(new(planned.Line, planned.Case.StudyUid, item.Sequence, e.Code, e.Detail));
            }
        }

        var kept = await blobs.KeepAsync<IReadOnlyList<RetrainingFinding>>(request, Part(batch), findings);
        await audit.MeasuredAsync(request, batch, kept);
        return new(made, reused, findings.Count, kept);
    }

    /// <summary>Where a batch's findings are.</summary>
    internal static string Part(int batch) => $"stability/{batch}";

    private async Task<List<Perturbation>> MissingAsync(PlannedSequence sequence, int seed)
    {
        List<Perturbation> missing = [];
        foreach (var perturbation in Perturbations.Default)
        {
            if (!await features.ExistsAsync(FeatureStore.PerturbedNameOf(sequence.Features, perturbation, seed)))
            {
                missing.Add(perturbation);
            }
        }

        return missing;
    }
}
