using Microsoft.Extensions.Diagnostics.HealthChecks;
using Radiomics.DicomWeb;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Health;

/// <summary>Whether the centers' DICOM services answer. Uploads don't need them, and what does waits for hours.</summary>
internal sealed class DicomServiceCheck(DicomServices services) : IHealthCheck
{
    private static readonly DicomQuery s_oneStudy = new() { PageSize = 1 };

    // Shorter than what the whole check may take, so that who is silent can still be told from who answers.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silent = await Task.WhenAll(services.Sources.Select(source => SilentAsync(source, cancellationToken)));
        List<string> centers = [.. silent.OfType<string>().Order(StringComparer.Ordinal)];
        return Readiness.Result("A center's DICOM service doesn't answer; the log says which.", centers);
    }

    private async Task<string?> SilentAsync(DicomSource source, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        try
        {
            await foreach (var page in services.Client(source.Id).SearchStudiesAsync(s_oneStudy, patience.Token).AsPages())
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
