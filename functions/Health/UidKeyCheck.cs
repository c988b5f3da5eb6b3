using Microsoft.Extensions.Diagnostics.HealthChecks;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Health;

/// <summary>Whether the service has the UID key that its data was last used with. With another one every study and cohort would end in a fault.</summary>
internal sealed class UidKeyCheck(UidKeyVersions keys) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await keys.EnsureCurrentAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (UidKeyChangedException e)
        {
            return Readiness.Broken("The UID key isn't the one that the data was last used with; the log says which is.", [e.Message]);
        }
    }
}
