using Microsoft.Extensions.Diagnostics.HealthChecks;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Health;

/// <summary>Whether every center's current models can be loaded. One that can't is no reason to send the others' studies away.</summary>
internal sealed class ModelCheck(CenterProfiles profiles, ModelRegistry models) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        List<string> unusable = [];
        foreach (var center in profiles.Centers)
        {
            foreach (var fieldStrength in profiles.Get(center).Models.Keys)
            {
                try
                {
                    await models.TryOpenCurrentAsync(center, fieldStrength);
                }
                catch (Exception e) when (e is InvalidDataException or AlteredException)
                {
                    unusable.Add($"{center} at {fieldStrength}");
                }
            }
        }

        return Readiness.Result("A center's current model can't be loaded; the log says which.", unusable);
    }
}
