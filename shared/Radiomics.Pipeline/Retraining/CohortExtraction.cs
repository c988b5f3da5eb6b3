using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Second step, once per batch: features that aren't there yet.</summary>
public sealed class CohortExtraction(RetrainingBlobs blobs, ProfileStore profiles, StudyStore studies, FeatureStore features, RetrainingAudit audit)
{
    /// <summary>Extracts the features of a batch, or finds them. A study whose features can't be had is a finding, not a failure.</summary>
    public async Task<BatchResult> ExtractAsync(RetrainingRequest request, RetrainingPlan plan, int batch)
    {
        var document = await blobs.PlanAsync(plan);
        var settings = (await profiles.GetAsync(request.Center, document.ProfileSha256)).Settings;
        var (made, reused) = (0, 0);
        List<RetrainingFinding> findings = [];
        foreach (var item in document.Extractions[batch])
        {
            var group = document.Groups[item.Group];
            var planned = group.Cases[item.Case];
            var sequence = planned.Sequences[item.Sequence];
            if (await features.ExistsAsync(sequence.Features))
            {
                reused++;
                continue;
            }

            try
            {
                var vector = await studies.WithImagesAsync(sequence.Volume, sequence.Roi, (volume, roi) => Task.FromResult(FeatureExtractor.Extract(volume, roi, settings)));
                await features.SaveAsync(sequence.Features, StoredFeatures.Of(group.Center, planned.Case.StudyUid, item.Sequence, sequence.Volume, sequence.Roi, vector));
                made++;
            }
            catch (RadiomicsException e) when (e is not AlteredException)
            {
                findings.Add(new(planned.Line, planned.Case.StudyUid, item.Sequence, e.Code, e.Detail));
            }
        }

        var kept = await blobs.KeepAsync<IReadOnlyList<RetrainingFinding>>(request, Part(batch), findings);
        await audit.ExtractedAsync(request, batch, kept);
        return new(made, reused, findings.Count, kept);
    }

    /// <summary>Where a batch's findings are.</summary>
    internal static string Part(int batch) => $"extraction/{batch}";
}
