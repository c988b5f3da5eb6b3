namespace LocalHost.Worker;

/// <summary>Keeps one worker process running: starts it, agrees with it on its functions, and starts another when it has died.</summary>
/// <param name="endpoint">Where it connects to.</param>
/// <param name="environment">Settings for it.</param>
/// <param name="hostStops">From then on none is started any more: a terminal's Ctrl-C reaches host and worker alike.</param>
internal sealed class WorkerSupervisor(
    AppFolder app, WorkerEndpoint endpoint, IReadOnlyDictionary<string, string> environment, FunctionCatalog catalog, ILoggerFactory loggers, CancellationToken hostStops) : IAsyncDisposable
{
    private static readonly TimeSpan s_startPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    private readonly ILogger _log = loggers.CreateLogger("Host.Worker");
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(hostStops);
    private TaskCompletionSource<WorkerConnection> _current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorkerProcess? _process;
    private Task _running = Task.CompletedTask;

    /// <summary>Process id of the worker that runs; null while there is none.</summary>
    public int? ProcessId => _current.Task.IsCompletedSuccessfully ? _process?.ProcessId : null;

    /// <summary>Starts the first worker. From then on dead ones are replaced.</summary>
    /// <exception cref="HostStartException">It ended or said no: its last lines tell why.</exception>
    public async Task StartAsync()
    {
        await ConnectAsync(StartProcess());
        _running = Task.Run(SuperviseAsync);
    }

    /// <summary>The worker that runs; while one is being started, waits for it.</summary>
    /// <param name="patience">How long: a caller isn't kept waiting; what lies in a queue has time, and few attempts.</param>
    /// <exception cref="WorkerGoneException">It doesn't come.</exception>
    public async Task<WorkerConnection> CurrentAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping.Token);
        try
        {
            either.CancelAfter(patience);
            // One that has just hung up isn't taken for one that runs.
            WorkerConnection worker;
            while ((worker = await _current.Task.WaitAsync(either.Token)).Ended.IsCancellationRequested)
                await Task.Delay(20, either.Token);
            return worker;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new WorkerGoneException();
        }
    }

    /// <summary>Ends a worker that doesn't answer any more; another takes its place.</summary>
    public void Replace(string reason)
    {
        HostLog.Replaced(_log, reason);
        _process?.Kill();
    }

    /// <summary>Ends the worker, in good order if it hurries.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_process is { } process)
        {
            if (_current.Task.IsCompletedSuccessfully)
                _current.Task.Result.Terminate(s_grace);
            await Task.WhenAny(process.Ended, Task.Delay(s_grace));
            process.Kill();
        }
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private WorkerProcess StartProcess()
    {
        var output = loggers.CreateLogger("Worker.Console");
        _process = WorkerProcess.Start(app, endpoint.Address, environment, line => HostLog.Line(output, line));
        HostLog.Started(_log, _process.ProcessId);
        return _process;
    }

    private async Task SuperviseAsync()
    {
        var pause = TimeSpan.Zero;
        while (true)
        {
            var (process, clock) = (_process!, Stopwatch.StartNew());
            var code = await process.Ended;
            if (_current.Task.IsCompletedSuccessfully)
            {
                var gone = _current.Task.Result;
                _current = new(TaskCreationOptions.RunContinuationsAsynchronously);
                gone.Break();
            }
            if (_stopping.IsCancellationRequested)
                return;
            HostLog.Ended(_log, process.ProcessId, code);

            // At once the first time; ever more slowly while it keeps dying young.
            pause = clock.Elapsed > TimeSpan.FromMinutes(1) ? TimeSpan.Zero : pause;
            await Task.Delay(pause, _stopping.Token);
            pause = pause == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            try
            {
                await ConnectAsync(StartProcess());
            }
            catch (HostStartException e)
            {
                HostLog.NotRestarted(_log, e.Message);
                _process!.Kill();
            }
        }
    }

    private async Task ConnectAsync(WorkerProcess process)
    {
        var agreeing = AgreeAsync(process);
        await Task.WhenAny(agreeing, process.Ended, Task.Delay(s_startPatience, _stopping.Token));
        _stopping.Token.ThrowIfCancellationRequested();
        if (agreeing.IsCompleted && agreeing.Exception?.InnerException is not WorkerGoneException)
        {
            await agreeing;
            return;
        }
        endpoint.Forget(process.Id);
        await Task.WhenAny(process.Ended, Task.Delay(s_grace));
        var what = process.Ended.IsCompleted ? $"ended at start with code {await process.Ended}" : $"didn't connect within {s_startPatience.TotalMinutes:0} minutes";
        throw new HostStartException(HostStartException.Failed, $"The functions app {what}. Its last lines:{Environment.NewLine}{process.LastLines}");
    }

    private async Task AgreeAsync(WorkerProcess process)
    {
        var worker = await endpoint.ExpectAsync(process.Id);
        worker.Logged += entry => HostLog.Write(loggers, entry);
        var init = (await worker.AskAsync(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.0.0.0", WorkerDirectory = app.FullPath, FunctionAppDirectory = app.FullPath },
        })).WorkerInitResponse;
        Require(init?.Result, "start");
        worker.HttpAddress = init!.Capabilities.TryGetValue("HttpUri", out var address) ? new Uri(address) : null;
        var metadata = (await worker.AskAsync(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = app.FullPath } })).FunctionMetadataResponse;
        Require(metadata?.Result, "list its functions");
        RpcFunctionMetadata[] functions = [.. metadata!.FunctionMetadataResults.Where(function => catalog.Find(function.Name) is not null)];
        foreach (var function in functions)
            worker.FunctionIds[function.Name] = function.FunctionId;
        if (catalog.All.FirstOrDefault(function => !worker.FunctionIds.ContainsKey(function.Name)) is { } missing)
            throw new HostStartException(HostStartException.Failed, $"The worker doesn't know the function {missing.Name}, which is in the app's list: build the app anew.");
        await Task.WhenAll(functions.Select(function => LoadAsync(worker, function)));
        _current.TrySetResult(worker);
        // One that hangs up without ending is of no use.
        worker.Ended.Register(() => { if (!_stopping.IsCancellationRequested) process.Kill(); });
    }

    private static async Task LoadAsync(WorkerConnection worker, RpcFunctionMetadata function)
    {
        var answer = await worker.AskAsync(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } });
        Require(answer.FunctionLoadResponse?.Result, $"load the function {function.Name}");
    }

    private static void Require(StatusResult? result, string what)
    {
        if (result?.Status != StatusResult.Types.Status.Success)
            throw new HostStartException(HostStartException.Failed, $"The functions app could not {what}: {result?.Exception?.Message ?? "it gave no reason"}");
    }
}
