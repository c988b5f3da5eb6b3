using Microsoft.Extensions.Diagnostics.HealthChecks;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Health;

/// <summary>Whether the account with the product's containers answers.</summary>
internal sealed class StorageCheck(BlobStore store) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.PingAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
