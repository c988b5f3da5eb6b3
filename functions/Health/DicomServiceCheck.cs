using Microsoft.Extensions.Diagnostics.HealthChecks;
using Radiomics.DicomWeb;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Health;

/// <summary>Whether the centers' DICOM services answer. Uploads don't need them, and what does waits for hours.</summary>
internal sealed class DicomServiceCheck(DicomServices services) : IHealthCheck
{
    private static readonly DicomQuery s_oneStudy = new() { PageSize = 1 };

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silent = await Task.WhenAll(services.Sources.Select(source => SilentAsync(source, cancellationToken)));
        return silent.OfType<string>().ToList() is { Count: > 0 } centers
            ? HealthCheckResult.Degraded($"No answer from that of {string.Join(", ", centers.Order(StringComparer.Ordinal))}.")
            : HealthCheckResult.Healthy();
    }

    private async Task<string?> SilentAsync(DicomSource source, CancellationToken cancellation)
    {
        try
        {
            await foreach (var page in services.Client(source.Id).SearchStudiesAsync(s_oneStudy, cancellation).AsPages())
            {
                _ = page;
                break;
            }

            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return source.Center;
        }
    }
}
