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
        var all = 0;
        foreach (var center in profiles.Centers)
        {
            foreach (var fieldStrength in profiles.Get(center).Models.Keys)
            {
                try
                {
                    all += await models.TryOpenCurrentAsync(center, fieldStrength) is null ? 0 : 1;
                }
                catch (InvalidDataException)
                {
                    all++;
                    unusable.Add($"{center} at {fieldStrength}");
                }
            }
        }

        return Readiness.Result($"{unusable.Count} of {all} current models can't be loaded.", unusable);
    }
}
