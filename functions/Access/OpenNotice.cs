using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Access;

/// <summary>Says at start that nobody is asked who they are.</summary>
internal sealed class OpenNotice(ILogger<OpenNotice> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.OpenToEverybody();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
