using System.Net;
using System.Net.Http.Json;
using Radiomics;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Browser.Tests;

/// <summary>The service as it runs on one machine: a storage emulator, a host, and the app in a worker of its own.</summary>
/// <param name="azurite">The storage emulator.</param>
/// <param name="isOwn">Whether it is this service's alone, and isn't running yet.</param>
public abstract class Service(AzuriteFixture azurite, bool isOwn) : IAsyncLifetime
{
    private static readonly byte[] s_key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private HostProcess? _host;

    /// <summary>By which it maps UIDs.</summary>
    public static UidKey Key { get; } = new(s_key);

    public Uri Url => _host!.Url;

    public BlobStore Store { get; private set; } = null!;

    public HttpClient Http { get; private set; } = new();

    /// <summary>What it has written to the console.</summary>
    public string Log => _host!.Log + _host.Errors;

    /// <summary>Settings besides those of every service, and arguments of the host.</summary>
    private protected abstract (Dictionary<string, string?> Settings, string[] Arguments) Configuration { get; }

    public virtual async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is null)
            return;
        if (isOwn)
            await azurite.InitializeAsync();
        Store = new BlobStore(azurite.Blobs);
        await Store.EnsureContainersAsync();
        var (settings, arguments) = Configuration;
        _host = await HostProcess.StartAsync(
            HostProcess.BuildOf("functions"),
            new Dictionary<string, string?>([
                .. settings,
                new("AzureWebJobsStorage", azurite.ConnectionString),
                new("RadiomicsStorage", azurite.ConnectionString),
                new("Radiomics__UidKey", Convert.ToBase64String(s_key)),
                new("Radiomics__Audit__ReadSeconds", "1"),
                new(TestAuditKey.Setting, TestAuditKey.File),
            ]),
            arguments);
        Http = new HttpClient { BaseAddress = Url };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        if (isOwn)
            await azurite.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends a study as an integrator does.</summary>
    public async Task<string> SendAsync(string center, byte[] zip)
    {
        using var response = await Http.PostAsync($"/api/centers/{center}/predictions", new ByteArrayContent(zip) { Headers = { ContentType = new("application/zip") } });
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options))!.Id;
    }

    /// <summary>Waits until a prediction is final.</summary>
    public Task<PredictionStatus> EndAsync(string center, string id) => UntilAsync(
        async () => await TryGetAsync<PredictionStatus>($"/api/centers/{center}/predictions/{id}"),
        status => status.Status is PredictionState.Succeeded or PredictionState.Failed,
        id);

    /// <summary>Waits for something of the API.</summary>
    public async Task<T> UntilAsync<T>(Func<Task<T?>> find, Predicate<T> condition, string what)
        where T : class
    {
        T? found = null;
        for (var attempt = 0; attempt < 3600; attempt++)
        {
            found = await find();
            if (found is not null && condition(found))
                return found;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{what} is still {found}:\n{Log[Math.Max(0, Log.Length - 4000)..]}");
    }

    public async Task<T?> TryGetAsync<T>(string address)
        where T : class
    {
        using var response = await Http.GetAsync(address);
        return response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable ? null : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(RadiomicsJson.Options);
    }
}
