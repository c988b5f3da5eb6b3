using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;

namespace RadiomicsFunctions;

/// <summary>Makes the containers at start, so that a hospital has somewhere to upload to. The doors try again if it fails.</summary>
internal sealed class StoragePreparation(BlobStore store, ILogger<StoragePreparation> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.EnsureContainersAsync();
        }
        catch (Exception e)
        {
            logger.StorageNotPrepared(e);
        }
    }
}
