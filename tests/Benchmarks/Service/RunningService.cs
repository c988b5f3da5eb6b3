using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Radiomics;
using Radiomics.Cli.Local;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Benchmarks.Service;

/// <summary>The service of a variant, on a storage emulator of its own that was empty when it started, or as one host of several on the same.</summary>
internal sealed partial class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    private readonly List<FunctionRun> _ran = [];
    private readonly Azurite _azurite;
    private readonly bool _ownsAzurite;
    private readonly ChildProcess _process;
    private readonly HttpClient _http;
    private readonly Stopwatch _start = Stopwatch.StartNew();

    private RunningService(ServiceVariant variant, Azurite azurite, bool ownsAzurite)
    {
        _azurite = azurite;
        _ownsAzurite = ownsAzurite;
        var port = FreePort.Next();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = s_patience };
        var settings = ServiceHost.StorageSettings(azurite.ConnectionString);
        settings["Radiomics__Auth__Required"] = "false";
        settings["Radiomics__UidKey"] = Convert.ToBase64String(new byte[32]);
        _process = ChildProcess.Start("dotnet", [.. variant.Command, "--port", $"{port}", "--parent-pid", $"{Environment.ProcessId}"], settings, onLine: Note);
    }

    /// <summary>From starting the process to its first answer that it is healthy.</summary>
    public TimeSpan ColdStart { get; private set; }

    /// <summary>Processes of the service without the emulator: the host, and the worker if that is another one.</summary>
    public IReadOnlyList<int> Processes => ProcessFigures.Tree(_process.Id);

    /// <summary>All processes of the service.</summary>
    public IReadOnlyList<int> ProcessesWithEmulator => [.. Processes, .. ProcessFigures.Tree(_azurite.ProcessId)];

    /// <summary>Where it answers.</summary>
    public Uri Url => _http.BaseAddress!;

    /// <summary>Asks it.</summary>
    public HttpClient Http => _http;

    /// <summary>Its storage account.</summary>
    public BlobServiceClient Blobs => StorageClients.Create(_azurite.ConnectionString);

    /// <summary>What it maps UIDs with.</summary>
    public static UidKey Key { get; } = new(new byte[32]);

    /// <summary>Starts emulator and service, and waits until it is healthy.</summary>
    /// <param name="variant">Which build.</param>
    /// <param name="shared">An emulator that runs already, and isn't stopped with the service.</param>
    public static async Task<RunningService> StartAsync(ServiceVariant variant, Azurite? shared = null)
    {
        var service = new RunningService(variant, shared ?? await StartEmulatorAsync(), shared is null);
        try
        {
            await service.UntilAsync(() => service.AsksAsync("api/health", answer => answer.StatusCode == HttpStatusCode.OK));
            service.ColdStart = service._start.Elapsed;
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an empty emulator, whose data goes with it.</summary>
    public static async Task<Azurite> StartEmulatorAsync()
    {
        var script = await AzuriteInstallation.EnsureAsync(RepositoryFolders.Tools, Console.Error.WriteLine, CancellationToken.None);
        return await Azurite.StartAsync(script, Directory.CreateTempSubdirectory("benchmark-").FullName, keep: false, CancellationToken.None);
    }

    /// <summary>Sends a study and waits for its prediction.</summary>
    public async Task<StudyRun> PredictAsync(byte[] zip, string center = "A")
    {
        lock (_ran)
        {
            _ran.Clear();
        }

        var sent = DateTime.UtcNow;
        var watch = Stopwatch.StartNew();
        var id = await SendAsync(center, zip);
        await SucceededAsync(center, id);
        return new StudyRun(sent, watch.Elapsed, id);
    }

    /// <summary>Sends a study; returns its prediction's id.</summary>
    public async Task<string> SendAsync(string center, byte[] zip)
    {
        while (true)
        {
            using var body = new ByteArrayContent(zip) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
            using var accepted = await _http.PostAsync($"api/centers/{center}/predictions", body);
            if (accepted.StatusCode != HttpStatusCode.TooManyRequests)
            {
                accepted.EnsureSuccessStatusCode();
                return accepted.Headers.Location!.Segments[^1];
            }

            await Task.Delay(accepted.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Waits until a prediction has succeeded, asking now and then.</summary>
    public Task SucceededAsync(string center, string id, TimeSpan? interval = null) =>
        UntilAsync(() => AsksAsync($"api/centers/{center}/predictions/{id}", HasSucceededAsync), interval);

    /// <summary>How long one question for a prediction takes, milliseconds.</summary>
    public async Task<double> AskAsync(string center, string id)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await _http.GetAsync($"api/centers/{center}/predictions/{id}");
        answer.EnsureSuccessStatusCode();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Puts a zip into <c>incoming</c>; how long until its prediction is known.</summary>
    public async Task<TimeSpan> NoticedAsync(string center, string name, byte[] zip)
    {
        await Blobs.GetBlobContainerClient(Containers.Incoming).GetBlobClient($"{center}/{name}").UploadAsync(BinaryData.FromBytes(zip));
        var watch = Stopwatch.StartNew();
        var id = PredictionId.OfUpload(UploadId.OfZip(center, name, Convert.ToHexStringLower(SHA256.HashData(zip))));
        await UntilAsync(() => AsksAsync($"api/centers/{center}/predictions/{id}", answer => answer.IsSuccessStatusCode));
        return watch.Elapsed;
    }

    /// <summary>Starts a retraining that takes a minute or so; returns its id.</summary>
    public async Task<string> RetrainAsync(string center, string cohort)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/centers/{center}/retrainings")
        {
            Content = JsonContent.Create(new
            {
                cohort,
                fieldStrengths = new[] { "3.0T" },
                protocol = new { outerFolds = 5, outerRepeats = 2, innerFolds = 3, bootstraps = 500, stabilityPatients = 12 },
                promotion = new { mode = "rule" },
            }),
        };
        using var answer = await _http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }

        return answer.Headers.Location!.Segments[^1];
    }

    /// <summary>Waits until a retraining needs nothing more of the machine.</summary>
    public Task RetrainedAsync(string center, string id) => UntilAsync(
        () => AsksAsync(
            $"api/centers/{center}/retrainings/{id}",
            async answer => answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<RetrainingStatus>(RadiomicsJson.Options))!.Status
                is RetrainingState.Succeeded or RetrainingState.Failed or RetrainingState.WaitingForApproval),
        TimeSpan.FromSeconds(0.5));

    /// <summary>Sends anything and waits for what comes of it.</summary>
    /// <returns>The code of the error, or <c>succeeded</c>.</returns>
    public async Task<string> EndAsync(byte[] zip)
    {
        using var body = new ByteArrayContent(zip) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        using var accepted = await _http.PostAsync("api/centers/A/predictions", body);
        if (!accepted.IsSuccessStatusCode)
        {
            return (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
        }

        PredictionStatus? status = null;
        await UntilAsync(() => AsksAsync(accepted.Headers.Location!.PathAndQuery.TrimStart('/'), async answer =>
        {
            status = answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options) : null;
            return status?.Status is PredictionState.Succeeded or PredictionState.Failed;
        }));
        return status!.Error?.Code ?? "succeeded";
    }

    /// <summary>The history of a run, once its orchestration has ended, and how long its functions ran.</summary>
    public async Task<StudySteps> StepsAsync(StudyRun run)
    {
        var history = default(JsonElement);
        await UntilAsync(async () =>
        {
            var instance = await _http.GetFromJsonAsync<JsonElement>($"runtime/webhooks/durabletask/instances/{run.Id}?showHistory=true");
            history = instance.GetProperty(instance.TryGetProperty("historyEvents", out _) ? "historyEvents" : "HistoryEvents");
            return history.EnumerateArray().Any(row => row.GetProperty("EventType").GetString() == "ExecutionCompleted");
        });
        lock (_ran)
        {
            return StudySteps.Of(run, history, [.. _ran]);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.StopAsync(TimeSpan.FromSeconds(20));
        await _process.DisposeAsync();
        if (_ownsAzurite)
        {
            await _azurite.DisposeAsync();
        }
    }

    private static async Task<bool> HasSucceededAsync(HttpResponseMessage answer)
    {
        var status = answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options) : null;
        return status?.Status switch
        {
            PredictionState.Failed => throw new InvalidOperationException($"The prediction failed: {status.Error?.Detail}"),
            var state => state == PredictionState.Succeeded,
        };
    }

    private Task<bool> AsksAsync(string path, Func<HttpResponseMessage, bool> accept) => AsksAsync(path, answer => Task.FromResult(accept(answer)));

    private async Task<bool> AsksAsync(string path, Func<HttpResponseMessage, Task<bool>> accept)
    {
        try
        {
            using var answer = await _http.GetAsync(path);
            return await accept(answer);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? interval = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (_process.HasExited || watch.Elapsed > s_patience)
            {
                throw new InvalidOperationException($"The service doesn't get there:\n{string.Join('\n', _process.LastLines)}");
            }

            await Task.Delay(interval ?? s_interval);
        }
    }

    private void Note(string line)
    {
        if (Executed().Match(line) is { Success: true } match)
        {
            lock (_ran)
            {
                _ran.Add(new(match.Groups["function"].Value, TimeSpan.FromMilliseconds(int.Parse(match.Groups["milliseconds"].ValueSpan))));
            }
        }
    }

    [GeneratedRegex(@"Executed '(?:\w+\.)*(?<function>\w+)' \(Succeeded, .*Duration=(?<milliseconds>\d+)ms")]
    private static partial Regex Executed();
}

/// <summary>A function that ran, for as long as the host says.</summary>
internal sealed record FunctionRun(string Function, TimeSpan Duration);

/// <summary>A study that was sent and predicted.</summary>
/// <param name="Sent">When it was sent (UTC).</param>
/// <param name="Total">From then until it was seen to have succeeded.</param>
/// <param name="Id">The prediction.</param>
internal sealed record StudyRun(DateTime Sent, TimeSpan Total, string Id);
