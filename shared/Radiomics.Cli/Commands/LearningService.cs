using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Commands;

/// <summary>The service that a command about cohorts, retrainings or models talks to: one that runs, or one started for the command on the storage account.</summary>
internal sealed class LearningService : IAsyncDisposable
{
    private readonly ServiceClient _client;
    private readonly ServiceHost? _host;
    private readonly string? _folder;

    private LearningService(ServiceClient client, ServiceHost? host, string? folder) => (_client, _host, _folder) = (client, host, folder);

    /// <summary>Whether it was started for this command and ends with it.</summary>
    public bool IsTemporary => _host is not null;

    /// <summary>The doors of a center.</summary>
    public LearningClient Of(string center) => new(_client, center);

    /// <summary>Finds the service that was named, or the one on this machine's usual port.</summary>
    /// <exception cref="CommandException"><c>Unreachable</c>.</exception>
    public static async Task<LearningService> FindAsync(ServiceOptions service, ParseResult parsed, CancellationToken cancellation) => new(
        service.NamedService(parsed) ?? await ServiceOptions.LocalServiceAsync(cancellation)
            ?? throw new CommandException(ExitCodes.Unreachable, "Unreachable", $"No service is named and none answers at {ServiceClient.DefaultUrl}; name one with --url or RADIOMICS_URL."),
        null,
        null);

    /// <summary>Starts the service on a storage account, in which the studies lie.</summary>
    /// <exception cref="CommandException"><c>Unreachable</c>, <c>FunctionsAppNotStarted</c>.</exception>
    public static async Task<LearningService> StartAsync(ServiceFiles files, string connectionString, CancellationToken cancellation)
    {
        await StorageAccount.OpenAsync(connectionString, cancellation);
        var folder = TemporaryFiles.NewFolder();
        try
        {
            var host = await ServiceHost.StartAsync(files, connectionString, "RadiomicsLocal", 0, folder, cancellation);
            return new LearningService(new ServiceClient(host.BaseUrl), host, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/>; if the service was started for this command, that it ends meanwhile is the error.</summary>
    public Task<T> WhileRunningAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        _host is null ? work(cancellation) : _host.WhileRunningAsync(work, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
            Directory.Delete(_folder!, recursive: true);
        }
    }
}
