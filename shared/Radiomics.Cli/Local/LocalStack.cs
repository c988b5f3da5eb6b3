namespace Radiomics.Cli.Local;

/// <summary>The whole service on one machine for as long as a command runs: a storage emulator, and on it the host with the functions app.</summary>
public sealed class LocalStack : IAsyncDisposable
{
    private readonly Azurite _azurite;
    private readonly ServiceHost _service;
    private readonly string _folder;
    private readonly bool _keep;

    private LocalStack(Azurite azurite, ServiceHost service, string folder, bool keep)
    {
        _azurite = azurite;
        _service = service;
        _folder = folder;
        _keep = keep;
    }

    /// <summary>Connection string of its storage account.</summary>
    public string ConnectionString => _azurite.ConnectionString;

    /// <summary>Where the service answers.</summary>
    public Uri BaseUrl => _service.BaseUrl;

    /// <summary>Runs <paramref name="work"/>; that the service ends meanwhile is its error.</summary>
    /// <exception cref="Output.CommandException"><c>FunctionsAppEnded</c>.</exception>
    public Task<T> WhileRunningAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation) => _service.WhileRunningAsync(work, cancellation);

    /// <summary>Installs what is missing and starts both.</summary>
    public static async Task<LocalStack> StartAsync(LocalStackOptions options, Action<string> note, CancellationToken cancellation)
    {
        var script = await AzuriteInstallation.EnsureAsync(options.Tools, note, cancellation);
        // What is kept has a name that nobody sweeps.
        var folder = options.Keep ? Directory.CreateTempSubdirectory("radiomics-kept-").FullName : TemporaryFiles.NewFolder();
        Azurite? azurite = null;
        try
        {
            azurite = await Azurite.StartAsync(script, folder, options.Keep, cancellation);
            var hub = $"Local{Environment.ProcessId}";
            var service = await ServiceHost.StartAsync(options.Service, azurite.ConnectionString, hub, options.Port, folder, cancellation);
            return new LocalStack(azurite, service, folder, options.Keep);
        }
        catch
        {
            if (azurite is not null)
            {
                await azurite.DisposeAsync();
            }

            DeleteFolder(folder, options.Keep);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _azurite.DisposeAsync();
        DeleteFolder(_folder, _keep);
    }

    private static void DeleteFolder(string folder, bool keep)
    {
        if (!keep && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
