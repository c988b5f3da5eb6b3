namespace LocalHost.Worker;

/// <summary>A worker process that doesn't outlive this one (<see cref="StartupHook"/>).</summary>
internal sealed class WorkerProcess
{
    private const int KeptLines = 20;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lastLines = new();
    private readonly Action<string> _onLine;

    private WorkerProcess(Process process, string id, Action<string> onLine)
    {
        (_process, Id, _onLine) = (process, id, onLine);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        ProcessId = process.Id;
        Ended = EndAsync();
    }

    /// <summary>What it calls itself when it connects.</summary>
    public string Id { get; }

    public int ProcessId { get; }

    /// <summary>Its exit code, once it has ended and its output is read.</summary>
    public Task<int> Ended { get; }

    /// <summary>The last lines that it wrote.</summary>
    public string LastLines => string.Join(Environment.NewLine, _lastLines);

    /// <summary>Starts the app's assembly with settings, to connect to an address; <paramref name="onLine"/> gets each line that it writes.</summary>
    public static WorkerProcess Start(AppFolder app, Uri address, IReadOnlyDictionary<string, string> environment, Action<string> onLine)
    {
        var id = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList =
            {
                app.WorkerAssembly,
                "--functions-uri", address.AbsoluteUri,
                "--functions-worker-id", id,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", $"{int.MaxValue}",
            },
            WorkingDirectory = app.FullPath,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app.FullPath;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = app.FullPath;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        var hooks = start.Environment.TryGetValue("DOTNET_STARTUP_HOOKS", out var others) ? others + Path.PathSeparator : "";
        start.Environment["DOTNET_STARTUP_HOOKS"] = hooks + typeof(StartupHook).Assembly.Location;
        start.Environment.Remove("ASPNETCORE_URLS");
        return new WorkerProcess(new Process { StartInfo = start }, id, onLine);
    }

    public void Kill()
    {
        try { _process.Kill(entireProcessTree: true); }
        catch (Exception e) when (e is InvalidOperationException or AggregateException) { } // It ended by itself in the meantime.
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _lastLines.Enqueue(line);
        if (_lastLines.Count > KeptLines)
            _lastLines.TryDequeue(out _);
        _onLine(line);
    }
}
