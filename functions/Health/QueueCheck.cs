using Azure.Storage.Queues;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RadiomicsFunctions.Health;

/// <summary>Whether the accounts answer whose queues bring the work.</summary>
internal sealed class QueueCheck(IReadOnlyList<QueueServiceClient> accounts) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        foreach (var account in accounts)
        {
            await foreach (var page in account.GetQueuesAsync(cancellationToken: cancellationToken).AsPages(pageSizeHint: 1))
            {
                _ = page;
                break;
            }
        }

        return HealthCheckResult.Healthy();
    }
}
