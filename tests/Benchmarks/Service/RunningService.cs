using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Radiomics;
using Radiomics.Cli.Local;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Benchmarks.Service;

/// <summary>The service of a variant, on a storage emulator of its own that was empty when it started.</summary>
internal sealed partial class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    private readonly List<FunctionRun> _ran = [];
    private readonly Azurite _azurite;
    private readonly ChildProcess _process;
    private readonly HttpClient _http;
    private readonly Stopwatch _start = Stopwatch.StartNew();

    private RunningService(ServiceVariant variant, Azurite azurite)
    {
        _azurite = azurite;
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

    /// <summary>Starts emulator and service, and waits until it is healthy.</summary>
    public static async Task<RunningService> StartAsync(ServiceVariant variant)
    {
        var script = await AzuriteInstallation.EnsureAsync(RepositoryFolders.Tools, Console.Error.WriteLine, CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("benchmark-").FullName;
        var service = new RunningService(variant, await Azurite.StartAsync(script, folder, keep: false, CancellationToken.None));
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

    /// <summary>Sends a study and waits for its prediction.</summary>
    public async Task<StudyRun> PredictAsync(byte[] zip)
    {
        lock (_ran)
        {
            _ran.Clear();
        }

        var sent = DateTime.UtcNow;
        var watch = Stopwatch.StartNew();
        using var body = new ByteArrayContent(zip) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        using var accepted = await _http.PostAsync("api/centers/A/predictions", body);
        accepted.EnsureSuccessStatusCode();
        var location = accepted.Headers.Location!;
        await UntilAsync(() => AsksAsync(location.PathAndQuery.TrimStart('/'), HasSucceededAsync));
        var total = watch.Elapsed;
        return new StudyRun(sent, total, location.Segments[^1]);
    }

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

    /// <summary>Waits until a prediction has succeeded.</summary>
    public Task SucceededAsync(string center, string id) => UntilAsync(() => AsksAsync($"api/centers/{center}/predictions/{id}", HasSucceededAsync));

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
        await _azurite.DisposeAsync();
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

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (_process.HasExited || watch.Elapsed > s_patience)
            {
                throw new InvalidOperationException($"The service doesn't get there:\n{string.Join('\n', _process.LastLines)}");
            }

            await Task.Delay(s_interval);
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
