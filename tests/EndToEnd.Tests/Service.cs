using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using EndToEnd.Tests;
using EndToEnd.Tests.Kills;
using Radiomics;
using Radiomics.Cli.Local;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

[assembly: AssemblyFixture(typeof(Service))]

namespace EndToEnd.Tests;

/// <summary>
/// The whole service as it is deployed on one machine: a storage emulator of its own, and the host with the functions app as processes that can be
/// killed. One serves all tests of this assembly but those that kill, compare, or change models.
/// </summary>
public sealed class Service : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(6);
    private static readonly byte[] s_key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly string _folder = Directory.CreateTempSubdirectory("radiomics-e2e-").FullName;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(100) };
    private readonly List<HostProcess> _hosts = [];
    private Azurite? _azurite;

    /// <summary>By which the service maps UIDs.</summary>
    public static UidKey Key { get; } = new(s_key);

    public BlobServiceClient Blobs { get; private set; } = null!;

    public BlobStore Store => new(Blobs);

    public QueueServiceClient Queues => new(ConnectionString, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));

    public string ConnectionString => _azurite!.ConnectionString;

    public Uri BaseUrl => Host.Url;

    public HttpClient Http => _http;

    /// <summary>Everything that hosts and workers have written to the console so far.</summary>
    public string Logs => string.Concat(_hosts.Select(host => host.Log + host.Errors));

    /// <summary>Waits until the last host's log, which comes out a moment after an answer, says something.</summary>
    public Task SaysAsync(string text) => _hosts[^1].SaysAsync(text);

    /// <summary>The host that was started last, to which requests go.</summary>
    public HostProcess Host => _hosts[^1];

    public async ValueTask InitializeAsync()
    {
        var script = await AzuriteInstallation.EnsureAsync(RepositoryFolders.Tools, _ => { }, default);
        var data = Directory.CreateDirectory(Path.Combine(_folder, "azurite")).FullName;
        _azurite = await Azurite.StartAsync(script, data, keep: true, default);
        Blobs = StorageClients.Create(_azurite.ConnectionString);
        _hosts.Add(await NewHostAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What its hosts are told besides what all of them are.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Another host on the same hub beside those that run. Requests don't go there, and its end is up to the caller.</summary>
    public Task<HostProcess> NewHostAsync() => HostProcess.StartAsync(HostProcess.BuildOf("functions"), new Dictionary<string, string?>([.. Settings, .. SettingsOf(ConnectionString)]));

    /// <summary>What any host is told that serves an account.</summary>
    public static IReadOnlyDictionary<string, string?> SettingsOf(string connectionString) => new Dictionary<string, string?>
    {
        ["AzureWebJobsStorage"] = connectionString,
        ["Radiomics__Auth__Required"] = "false",
        ["RadiomicsStorage"] = connectionString,
        ["Radiomics__UidKey"] = Convert.ToBase64String(s_key),
        [TestAuditKey.Setting] = TestAuditKey.File,
    };

    /// <summary>SIGKILL: no handler, no finally, no flush. A killed host is started anew, as a supervisor would; a killed worker is the host's affair.</summary>
    public async Task KillAsync(Victim victim)
    {
        var host = Host;
        switch (victim)
        {
            case Victim.Worker:
                await host.KillWorkerAsync();
                return;
            case Victim.Host:
                await host.KillHostAsync();
                break;
            case Victim.Both:
                await host.KillAsync();
                break;
        }

        _hosts.Add(await NewHostAsync());
        Assert.True(await host.WorkersEndAsync(s_patience), "A worker has outlived its host.");
    }

    /// <summary>Puts a blob into <c>incoming</c>, as a hospital does; returns the id that its prediction has.</summary>
    public async Task<string> UploadAsync(string center, string name, byte[] zip)
    {
        await Incoming.CreateIfNotExistsAsync();
        await Incoming.GetBlobClient($"{center}/{name}").UploadAsync(BinaryData.FromBytes(zip), overwrite: true);
        return IdOf(center, name, zip);
    }

    public BlobContainerClient Incoming => Blobs.GetBlobContainerClient(Containers.Incoming);

    public static string IdOf(string center, string name, byte[] zip) =>
        PredictionId.OfUpload(UploadId.OfZip(center, name, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(zip))));

    public async Task<PredictionStatus?> StatusAsync(string center, string id)
    {
        using var response = await _http.GetAsync(new Uri(BaseUrl, $"api/centers/{center}/predictions/{id}"));
        // 503: its worker has just been killed.
        return response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable
            ? null
            : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options);
    }

    /// <summary>Waits until the prediction has succeeded or failed.</summary>
    public Task<PredictionStatus> FinishedAsync(string center, string id) =>
        UntilAsync(center, id, status => status.Status is PredictionState.Succeeded or PredictionState.Failed);

    /// <summary>Waits until the upload has become a prediction.</summary>
    public Task<PredictionStatus> StartedAsync(string center, string id) => UntilAsync(center, id, _ => true);

    /// <summary>Waits until a retraining has succeeded or failed.</summary>
    public async Task<RetrainingStatus> RetrainedAsync(string center, string id)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var response = await _http.GetAsync(new Uri(BaseUrl, $"api/centers/{center}/retrainings/{id}"));
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                var status = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RetrainingStatus>(RadiomicsJson.Options);
                if (status!.Status is RetrainingState.Succeeded or RetrainingState.Failed)
                {
                    return status;
                }
            }

            Assert.True(watch.Elapsed < s_patience, $"{id} isn't through after {s_patience}. The host said:\n{Tail(Logs)}");
            await Task.Delay(200);
        }
    }

    private async Task<PredictionStatus> UntilAsync(string center, string id, Predicate<PredictionStatus> condition)
    {
        var watch = Stopwatch.StartNew();
        PredictionStatus? status = null;
        while (watch.Elapsed < s_patience)
        {
            status = await StatusAsync(center, id);
            if (status is not null && condition(status))
            {
                return status;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{id} is still {status?.Status.ToString() ?? "unknown"} after {s_patience}. The host said:\n{Tail(Logs)}");
    }

    public async Task<PredictionStatus> PredictAsync(string center, string name, byte[] zip) =>
        await FinishedAsync(center, await UploadAsync(center, name, zip));

    public async Task<byte[]> ReadAsync(string container, string blob) =>
        await TryReadAsync(container, blob) ?? throw new FileNotFoundException($"There is no blob {container}/{blob}.");

    /// <summary>A blob that may have been deleted since it was listed.</summary>
    public async Task<byte[]?> TryReadAsync(string container, string blob)
    {
        try
        {
            return (await Blobs.GetBlobContainerClient(container).GetBlobClient(blob).DownloadContentAsync()).Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Whether a prediction's final record has been written.</summary>
    public async Task<bool> HasRecordAsync(string center, string id) =>
        await Blobs.GetBlobContainerClient(Containers.Predictions).GetBlobClient($"{center}/by-id/{id}.json").ExistsAsync();

    public async Task<IReadOnlyList<string>> NamesAsync(string container, string prefix)
    {
        var names = new List<string>();
        var client = Blobs.GetBlobContainerClient(container);
        if (await client.ExistsAsync())
        {
            await foreach (var blob in client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default))
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }

    /// <summary>The ids of an instance's audit events; none if one is there twice or the chain is broken.</summary>
    public async Task<IReadOnlyList<string>> AuditStepsAsync(string center, string id)
    {
        var steps = (await AuditAsync(center)).Select(e => e.GetProperty("id").GetString()!).Where(step => step.StartsWith(id + "/", StringComparison.Ordinal)).ToList();
        var chain = await TestAuditKey.Trail(Store).VerifyAsync(center);
        return chain.Intact && steps.Distinct().Count() == steps.Count ? steps : [];
    }

    /// <summary>All audit events of a center, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> AuditAsync(string center)
    {
        var events = new List<JsonElement>();
        foreach (var name in (await NamesAsync(Containers.Audit, center + "/")).Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            var text = System.Text.Encoding.UTF8.GetString(await ReadAsync(Containers.Audit, name));
            events.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)));
        }

        return events;
    }

    /// <summary>The Durable history of an instance, as its management endpoint tells it; null if it hasn't started yet or is purged.</summary>
    public async Task<JsonElement?> TryInstanceAsync(string id)
    {
        using var response = await _http.GetAsync(new Uri(BaseUrl, $"runtime/webhooks/durabletask/instances/{id}?showHistory=true&showHistoryOutput=true&showInput=true"));
        return response.StatusCode == HttpStatusCode.NotFound ? null : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The same for an instance that is there.</summary>
    public async Task<JsonElement> InstanceAsync(string id) => await TryInstanceAsync(id) ?? throw new InvalidOperationException($"There is no instance {id}.");

    /// <summary>The instance once its history is closed, which is a moment after its prediction can be read.</summary>
    public async Task<JsonElement> CompletedInstanceAsync(string id)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var instance = await InstanceAsync(id);
            if (instance.GetProperty("runtimeStatus").GetString() == "Completed")
            {
                return instance;
            }

            Assert.True(watch.Elapsed < s_patience, $"The orchestration {id} never completed.");
            await Task.Delay(100);
        }
    }

    private static string Tail(string text) => text[Math.Max(0, text.Length - 4000)..];
}
