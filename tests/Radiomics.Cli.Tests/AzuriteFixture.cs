using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Tests;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Radiomics.Cli.Tests;

/// <summary>One storage emulator for all tests of this assembly, started as the tool starts it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        var script = await AzuriteInstallation.EnsureAsync(RepositoryFolders.Tools, _ => { }, CancellationToken.None);
        _azurite = await Azurite.StartAsync(script, Directory.CreateTempSubdirectory("radiomics-").FullName, keep: false, CancellationToken.None);
        await (await AccountAsync()).Store.EnsureContainersAsync();
    }

    public Task<StorageAccount> AccountAsync() => StorageAccount.OpenAsync(ConnectionString, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
