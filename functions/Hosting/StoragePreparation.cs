using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Hosting;

/// <summary>
/// Removes what killed processes left on this machine, and makes the containers, so that a hospital has somewhere to upload to. The doors try again if
/// that fails.
/// </summary>
internal sealed class StoragePreparation(BlobStore store, TemporaryStorage temporary, ILogger<StoragePreparation> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        temporary.Sweep();
        try
        {
            await store.EnsureContainersAsync();
        }
        catch (Exception e)
        {
            logger.StorageNotPrepared(StepFault.Describe(e), e.StackTrace);
        }
    }
}
