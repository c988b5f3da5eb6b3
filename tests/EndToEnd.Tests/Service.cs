using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Radiomics.Cli.Local;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>The whole service as it is deployed on one machine: its own storage emulator and the functions app as a process that can be killed.</summary>
public sealed class Service : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(6);

    private readonly string _folder = Directory.CreateTempSubdirectory("radiomics-e2e-").FullName;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(100) };
    private Azurite? _azurite;
    private readonly List<FunctionsApp> _apps = [];

    static Service() => Environment.SetEnvironmentVariable("Radiomics__UidKey", Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));

    public BlobServiceClient Blobs { get; private set; } = null!;

    public QueueServiceClient Queues => new(ConnectionString, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));

    public string ConnectionString => _azurite!.ConnectionString;

    public Uri BaseUrl => _apps[^1].BaseUrl;

    public HttpClient Http => _http;

    /// <summary>Everything that the app has written to its console so far.</summary>
    public string Logs => string.Concat(LogOfEachHost);

    /// <summary>The same, host by host in the order of their starts.</summary>
    public IReadOnlyList<string> LogOfEachHost =>
        [.. Directory.EnumerateFiles(_folder, "functions.log", SearchOption.AllDirectories).OrderBy(File.GetCreationTimeUtc).Select(ReadShared)];

    public async ValueTask InitializeAsync()
    {
        var script = await AzuriteInstallation.EnsureAsync(RepositoryFolders.Tools, _ => { }, default);
        var data = Directory.CreateDirectory(Path.Combine(_folder, "azurite")).FullName;
        _azurite = await Azurite.StartAsync(script, data, keep: true, default);
        Blobs = StorageClients.Create(_azurite.ConnectionString);
        await StartAppAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts the app, or another one beside those that run; requests go to the newest.</summary>
    public async Task StartAppAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, $"app-{Guid.NewGuid():N}")).FullName;
        _apps.Add(await FunctionsApp.StartAsync(FunctionsApp.Find(null, Environment.GetEnvironmentVariable), ConnectionString, "EndToEnd", 0, folder, default));
    }

    /// <summary>SIGKILL: no handler, no finally, no flush.</summary>
    public async Task KillAppAsync()
    {
        var app = _apps[^1];
        using (var process = Process.GetProcessById(app.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        _apps.Remove(app);
        await app.DisposeAsync();
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
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options);
    }

    /// <summary>Waits until the prediction has succeeded or failed.</summary>
    public Task<PredictionStatus> FinishedAsync(string center, string id) =>
        UntilAsync(center, id, status => status.Status is PredictionState.Succeeded or PredictionState.Failed);

    /// <summary>Waits until the upload has become a prediction.</summary>
    public Task<PredictionStatus> StartedAsync(string center, string id) => UntilAsync(center, id, _ => true);

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

        throw new TimeoutException($"{id} is still {status?.Status.ToString() ?? "unknown"} after {s_patience}. The app said:\n{Tail(Logs)}");
    }

    public async Task<PredictionStatus> PredictAsync(string center, string name, byte[] zip) =>
        await FinishedAsync(center, await UploadAsync(center, name, zip));

    public async Task<byte[]> ReadAsync(string container, string blob) =>
        (await Blobs.GetBlobContainerClient(container).GetBlobClient(blob).DownloadContentAsync()).Value.Content.ToArray();

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

    /// <summary>All audit events of a center, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> AuditAsync(string center)
    {
        var events = new List<JsonElement>();
        foreach (var name in await NamesAsync(Containers.Audit, center + "/"))
        {
            var text = System.Text.Encoding.UTF8.GetString(await ReadAsync(Containers.Audit, name));
            events.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)));
        }

        return events;
    }

    /// <summary>The Durable history of an instance, as its management endpoint tells it.</summary>
    public async Task<JsonElement> InstanceAsync(string id) =>
        await _http.GetFromJsonAsync<JsonElement>(new Uri(BaseUrl, $"runtime/webhooks/durabletask/instances/{id}?showHistory=true&showHistoryOutput=true&showInput=true"));

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

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static string Tail(string text) => text[Math.Max(0, text.Length - 4000)..];
}
