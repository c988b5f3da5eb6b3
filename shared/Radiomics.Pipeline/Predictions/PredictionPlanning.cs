namespace Radiomics.Pipeline;

/// <summary>First step: fixes profile and models.</summary>
public sealed class PredictionPlanning(UploadStore uploads, CenterProfiles profiles, ProfileStore pinned, ModelRegistry models, StepAudit audit)
{
    /// <summary>Plans a prediction.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>UnknownCenter</c>.</exception>
    /// <exception cref="InvalidOperationException">The profile asks for models and not one is there.</exception>
    public async Task<PredictionPlan> PlanAsync(PredictionRequest request)
    {
        var upload = await uploads.GetAsync(request.UploadId);
        await audit.UploadReceivedAsync(request, upload);
        var profile = profiles.Get(upload.Center);
        var plan = new PredictionPlan { ProfileSha256 = await pinned.PinAsync(profile.Center), Models = await PinModelsAsync(profile) };
        await audit.PlannedAsync(request, plan);
        return plan;
    }

    private async Task<SortedDictionary<string, ModelPointer>> PinModelsAsync(CenterProfile profile)
    {
        var current = new SortedDictionary<string, ModelPointer>(StringComparer.Ordinal);
        foreach (var fieldStrength in profile.Models.Keys)
        {
            if (await models.CurrentAsync(profile.Center, fieldStrength) is { } model)
            {
                current.Add(fieldStrength, model);
            }
        }

        return current.Count > 0 || profile.Models.Count == 0
            ? current
            : throw new InvalidOperationException($"The profile of center {profile.Center} asks for models and there is no package of any.");
    }
}
