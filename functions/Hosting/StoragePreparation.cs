using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Hosting;

/// <summary>
/// Removes what killed processes left on this machine, makes the containers, so that a hospital has somewhere to upload to, and
/// moves what an earlier version of the service kept elsewhere. The doors try again if that fails.
/// </summary>
internal sealed class StoragePreparation(BlobStore store, AuditTrail trail, TemporaryStorage temporary, ILogger<StoragePreparation> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        temporary.Sweep();
        try
        {
            await store.EnsureContainersAsync();
            await trail.MigrateAsync(stoppingToken);
        }
        catch (Exception e)
        {
            logger.StorageNotPrepared(StepFault.Describe(e), e.StackTrace);
        }
    }
}
