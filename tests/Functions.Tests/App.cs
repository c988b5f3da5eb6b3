using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Models;
using Functions.Tests.Api;
using Functions.Tests.DicomService;
using Functions.Tests.Telemetry;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.Logging.Abstractions;
using Radiomics;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Functions.Tests;

/// <summary>The whole app in a host and a worker of its own, once for all tests of this assembly; each test sends uploads of its own.</summary>
public sealed partial class App(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>Largest body that this app accepts.</summary>
    public const int MaxRequestBytes = 8 << 20;

    private const string HubName = "FunctionsTests";

    private GuardedAccount? _account;
    private HostProcess? _host;
    private DurableTaskClient? _durable;
    private StandInDicomService? _dicom;
    private OtlpCollector? _collector;

    /// <summary>What original UIDs are mapped with.</summary>
    public static byte[] UidKeyBytes { get; } = Encoding.UTF8.GetBytes("a key that only these tests have.");

    public HttpClient Http { get; private set; } = new();

    public BlobStore Store { get; } = new(azurite.Blobs);

    /// <summary>The way on which host and worker reach the studies' account.</summary>
    internal GuardedAccount Account => _account!;

    public AuditTrail Audit => TestAuditKey.Trail(Store);

    /// <summary>A Durable client like the one that the worker has.</summary>
    public DurableTaskClient Durable => _durable!;

    /// <summary>Where host and worker send traces, metrics and the log.</summary>
    public OtlpCollector Collector => _collector!;

    /// <summary>Connection string of the account that it works on.</summary>
    public string Storage => azurite.ConnectionString;

    /// <summary>The DICOM service of center A.</summary>
    public StandInDicomService Dicom => _dicom!;

    internal TaskHub Hub { get; } = new(azurite.ConnectionString, HubName);

    public async ValueTask InitializeAsync()
    {
        _dicom = await StandInDicomService.StartAsync();
        _account = await GuardedAccount.StartAsync(azurite.ConnectionString);
        _collector = await OtlpCollector.StartAsync();
        _host = await HostProcess.StartAsync(HostProcess.BuildOf("functions"), new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["RadiomicsStorage"] = _account.ConnectionString,
            ["Radiomics__Auth__Required"] = "false",
            ["Radiomics__MaxRequestBytes"] = $"{MaxRequestBytes}",
            ["Radiomics__UidKey"] = Convert.ToBase64String(UidKeyBytes),
            [TestAuditKey.Setting] = TestAuditKey.File,
            ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = HubName,
            ["Radiomics__DicomServices__0__Center"] = "A",
            ["Radiomics__DicomServices__0__Endpoint"] = $"{Dicom.Endpoint}",
            ["Radiomics__StudyQuietSeconds"] = "3",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "500",
            // Then the extension says where its clients connect.
            ["AzureFunctionsJobHost__logging__logLevel__Host.Triggers.DurableTask"] = "Information",
        });
        using (var first = new HttpClient { BaseAddress = _host.Url })
            Http = new HttpClient(new ContractHandler(new ApiContract(await first.GetStringAsync("/api/openapi.json")))) { BaseAddress = _host.Url };
        await _host.SaysAsync("Opened local gRPC endpoint: ");
        var durable = new GrpcDurableTaskClientOptions { Address = DurableEndpoint().Match(_host.Log).Groups[1].Value, DataConverter = IsolatedWorker.Converter };
        _durable = new GrpcDurableTaskClient("tests", durable, NullLogger.Instance);
        await Store.EnsureContainersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_durable is not null)
            await _durable.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_dicom is not null)
            await _dicom.DisposeAsync();
        if (_collector is not null)
            await _collector.DisposeAsync();

        if (_account is not null)
        {
            await _account.DisposeAsync();

            // After every test of the assembly: nothing of all that they did was refused.
            Assert.Empty(_account.Refused);
        }
    }

    public Task<HttpResponseMessage> PostAsync(string center, HttpContent content, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/centers/{center}/predictions") { Content = content };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<PredictionStatus> PostZipAsync(string center, byte[] zip, string? key = null)
    {
        var response = await PostAsync(center, Zip(zip), key);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        return await ReadAsync(response);
    }

    /// <summary>Waits until a prediction is final.</summary>
    public async Task<PredictionStatus> EndAsync(string center, string id)
    {
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            var response = await Http.GetAsync($"/api/centers/{center}/predictions/{id}");
            if (response.IsSuccessStatusCode && await ReadAsync(response) is { Status: PredictionState.Succeeded or PredictionState.Failed } final)
                return final;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The prediction {id} never ended.");
    }

    /// <summary>Waits until the log has a number of lines that say one of some things, which it does a moment after they happened. Returns them.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(int count, params string[] sayings)
    {
        string[] lines = [];
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            lines = [.. _host!.Log.Split('\n').Where(line => sayings.Any(saying => line.Contains(saying, StringComparison.Ordinal)))];
            if (lines.Length == count)
                return lines;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Not {count} lines of the log, but {lines.Length}:\n{string.Join('\n', lines)}");
    }

    /// <summary>Actions of a center's audit events that have a subject, in order.</summary>
    public async Task<List<string>> ActionsAsync(string center, string subject, string id) =>
        [.. (await AuditLinesAsync(center)).Where(line => (string?)line["subjects"]![subject] == id).Select(line => (string)line["action"]!)];

    /// <summary>A center's audit events, in order.</summary>
    public async Task<List<JsonNode>> AuditLinesAsync(string center)
    {
        List<JsonNode> lines = [];
        await foreach (var segment in Store.Container(Containers.Audit).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{center}/", default))
        {
            if (!segment.Name.EndsWith(".jsonl", StringComparison.Ordinal))
                continue;
            var text = (await Store.Blob(Containers.Audit, segment.Name).DownloadContentAsync()).Value.Content.ToString();
            lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
        }

        return lines;
    }

    /// <summary>The first name in a container that begins so.</summary>
    public async Task<string> FirstNameAsync(string container, string prefix)
    {
        await foreach (var blob in Store.Container(container).GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default))
            return blob.Name;
        throw new InvalidOperationException($"Nothing in {container} begins with {prefix}.");
    }

    public static ByteArrayContent Zip(byte[] zip) => new(zip) { Headers = { ContentType = new("application/zip") } };

    public static async Task<PredictionStatus> ReadAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options))!;

    [GeneratedRegex(@"Opened local gRPC endpoint: (http://[\d.]+:\d+)")]
    private static partial Regex DurableEndpoint();
}
