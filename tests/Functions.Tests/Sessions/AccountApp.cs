using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Functions.Tests.Access;
using Radiomics;
using Radiomics.Pipeline;

namespace Functions.Tests.Sessions;

/// <summary>Two instances of the app on one storage account, at which people sign in with their organisation's account. Browsers come to both by one address, as behind a load balancer.</summary>
public sealed class AccountApp : IAsyncLifetime
{
    private readonly AzuriteFixture _azurite = new();
    private readonly List<HostProcess> _hosts = [];

    public BlobStore Store { get; private set; } = null!;

    /// <summary>Where the instances listen; the first is what the setting says browsers know.</summary>
    public IReadOnlyList<Uri> Urls => [.. _hosts.Select(host => host.Url)];

    /// <summary>All that they have logged.</summary>
    public string Log => string.Concat(_hosts.Select(host => host.Log));

    internal StandInIssuer Issuer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        Issuer = await StandInIssuer.StartAsync();
        Store = new BlobStore(_azurite.Blobs);
        await Store.EnsureContainersAsync();
        var port = FreePort.Next();
        _hosts.Add(await StartAsync($"http://127.0.0.1:{port}", "--port", $"{port}"));
        _hosts.Add(await StartAsync($"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await Issuer.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    /// <summary>Who signed in or out, by the trails of the centers and of none.</summary>
    internal async Task<List<(string Center, string Action, string Actor)>> SessionsAsync()
    {
        List<(string, string, string)> events = [];
        await foreach (var segment in Store.Container(Containers.Audit).GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default))
        {
            var text = (await Store.Blob(Containers.Audit, segment.Name).DownloadContentAsync()).Value.Content.ToString();
            events.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
                .Where(line => (string?)line["action"] is "signed-in" or "signed-out")
                .Select(line => (segment.Name.Split('/')[0], (string)line["action"]!, (string)line["actor"]!)));
        }

        return events;
    }

    private Task<HostProcess> StartAsync(string publicUrl, params string[] args) => HostProcess.StartAsync(
        HostProcess.BuildOf("functions"),
        new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = _azurite.ConnectionString,
            ["RadiomicsStorage"] = _azurite.ConnectionString,
            ["Radiomics__UidKey"] = Convert.ToBase64String(App.UidKeyBytes),
            [TestAuditKey.Setting] = TestAuditKey.File,
            ["Radiomics__Auth__Required"] = null,
            ["Radiomics__Auth__Issuer"] = Issuer.Address,
            ["Radiomics__Auth__Audience"] = StandInIssuer.Client,
            ["Radiomics__Auth__ClientId"] = StandInIssuer.Client,
            ["Radiomics__Auth__ClientSecret"] = StandInIssuer.Secret,
            ["Radiomics__Auth__PublicUrl"] = publicUrl,
        },
        ["--enable-auth", .. args]);
}
