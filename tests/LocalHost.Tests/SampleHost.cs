using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Radiomics;

namespace LocalHost.Tests;

/// <summary>The sample app on a host, with state of its own in the shared storage account.</summary>
public sealed class SampleHost : IAsyncDisposable
{
    /// <summary>Functions that run by themselves, and those that make the host scan for blobs: on only where a test is about them.</summary>
    private static readonly string[] _quiet = ["AtStart", "Often", "Monthly", "Stubborn", "Patient", "OnText", "OnBytes", "OnStream", "OnClient"];

    private SampleHost(AzuriteFixture azurite, HostProcess process, string name)
    {
        Process = process;
        Name = name;
        Container = azurite.Blobs.GetBlobContainerClient(name);
        Calls = CallsOf(azurite, name);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = process.Url,
            Timeout = TimeSpan.FromMinutes(2),
        };
        Instances = new Instances(Http);
    }

    /// <summary>The built sample app's folder.</summary>
    public static string App { get; } = HostProcess.BuildOf("tests/LocalHost.SampleApp");

    public HostProcess Process { get; }

    /// <summary>Names the watched container and the host; <c>Hub</c> before it is the task hub.</summary>
    public string Name { get; }

    public string Hub => HubOf(Name);

    public HttpClient Http { get; }

    /// <summary>The container that its blob functions watch.</summary>
    public BlobContainerClient Container { get; }

    public CallLog Calls { get; }

    /// <summary>Its orchestrations.</summary>
    public Instances Instances { get; }

    /// <summary>A name that no other test uses, valid for a container, a hub and a host.</summary>
    public static string NewName() => "t" + Guid.NewGuid().ToString("N")[..20];

    public static CallLog CallsOf(AzuriteFixture azurite, string name) => new(azurite.Blobs.GetBlobContainerClient(name + "-calls"));

    /// <summary>Starts the sample app.</summary>
    /// <param name="azurite">Where its state is.</param>
    /// <param name="name">The same name is the same app to the storage account, as after a restart; a new one if there is none.</param>
    /// <param name="with">Functions of the quiet ones that are to be on.</param>
    /// <param name="settings">Further settings of host and worker, by environment variable.</param>
    /// <param name="app">Folder of the app, if it isn't the sample app's own.</param>
    /// <param name="args">Further arguments.</param>
    public static async Task<SampleHost> StartAsync(
        AzuriteFixture azurite, string? name = null, string[]? with = null, IReadOnlyDictionary<string, string?>? settings = null, string? app = null, params string[] args)
    {
        name ??= NewName();
        await azurite.Blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync();
        var process = await HostProcess.StartAsync(app ?? App, Settings(azurite, name, with, settings), args);
        return new SampleHost(azurite, process, name);
    }

    /// <summary>The environment of a host of this name.</summary>
    public static Dictionary<string, string?> Settings(
        AzuriteFixture azurite, string name, string[]? with = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["SampleStorage"] = azurite.ConnectionString,
            ["Container"] = name,
            ["Schedule"] = "0 0 0 1 1 *",
            ["AzureFunctionsWebHost__hostid"] = name,
            ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = HubOf(name),
            ["LocalHost__SlowScanSeconds"] = "1",
        };
        foreach (var function in _quiet.Except(with ?? []))
            all[$"AzureWebJobs.{function}.Disabled"] = "true";
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
            all[key] = value;
        return all;
    }

    public Task WriteAsync(string blob, string content) => Container.GetBlobClient(blob).UploadAsync(BinaryData.FromString(content), overwrite: true);

    /// <summary>Waits until the host has looked for blobs, and for events that went astray, all over again.</summary>
    public async Task ScannedAsync()
    {
        // Twice the time between two scans, and the pause between two looks.
        var then = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(3);
        await Patience.UntilAsync(async () => (await StatusAsync()).GetProperty("lastLook").GetDateTimeOffset(), look => look > then, "The next look for blobs");
    }

    /// <summary>Waits for a worker that serves.</summary>
    public Task ServesAsync() => Patience.UntilAsync(
        async () =>
        {
            using var answer = await Http.GetAsync("/api/Hello");
            return answer.StatusCode;
        },
        status => status == HttpStatusCode.OK,
        "GET Hello");

    /// <summary>What the host says of itself.</summary>
    public Task<JsonElement> StatusAsync() => Http.GetFromJsonAsync<JsonElement>("/admin/host/status");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }

    private static string HubOf(string name) => "Hub" + name;
}
