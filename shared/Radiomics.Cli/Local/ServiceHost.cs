using Radiomics.Cli.Output;

namespace Radiomics.Cli.Local;

/// <summary>The service in processes of its own, on a loopback port: a Functions host, and the worker with the functions app that it starts.</summary>
public sealed class ServiceHost : IAsyncDisposable
{
    /// <summary>The setting by which the app asks callers who they are; on this machine it doesn't unless it is told to.</summary>
    public const string AuthRequired = "Radiomics__Auth__Required";

    private const string Listening = "Host listening on ";

    // It takes some seconds at most: one for requests, two and a half for what runs, three for its worker.
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(20);

    private readonly ChildProcess _process;
    private readonly StreamWriter _log;

    private ServiceHost(ChildProcess process, StreamWriter log, Uri baseUrl)
    {
        _process = process;
        _log = log;
        BaseUrl = baseUrl;
    }

    /// <summary>Where it answers, e.g. <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Process id of the host.</summary>
    public int ProcessId => _process.Id;

    /// <summary>
    /// Runs <paramref name="work"/> against the service. If the host ends by itself meanwhile, no answer is worth waiting for: that is the error,
    /// whatever <paramref name="work"/> makes of the silence.
    /// </summary>
    /// <exception cref="CommandException"><c>FunctionsAppEnded</c>, with the last line of its log.</exception>
    public async Task<T> WhileRunningAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = work(end.Token);
        var ended = _process.WaitAsync(end.Token);
        await Task.WhenAny(working, ended);
        if (working.IsFaulted)
        {
            // The connection breaks a moment before the process is gone.
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(1), cancellation));
        }

        if (ended.IsCompletedSuccessfully && !working.IsCompletedSuccessfully && !cancellation.IsCancellationRequested)
        {
            await end.CancelAsync();
            await working.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw new CommandException(ExitCodes.Failed, "FunctionsAppEnded", $"The functions app ended with code {_process.ExitCode}: {LastWords(_process)}");
        }

        await end.CancelAsync();
        return await working;
    }

    /// <summary>Runs the host in the foreground until it ends by itself or <paramref name="cancellation"/> asks it to.</summary>
    /// <param name="files">Host and app.</param>
    /// <param name="arguments">The host's own.</param>
    /// <param name="settings">Environment of host and worker besides this process's own.</param>
    /// <param name="output">Takes what it writes to standard output.</param>
    /// <param name="error">Takes what it writes to standard error.</param>
    /// <param name="onListening">Is told where it listens, once it does.</param>
    /// <returns>The host's exit code.</returns>
    public static async Task<int> RunAsync(
        ServiceFiles files,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> settings,
        TextWriter output,
        TextWriter error,
        Action<Uri> onListening,
        CancellationToken cancellation)
    {
        await using var process = Start(files, arguments, settings, Write, error.WriteLine);
        try
        {
            await process.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await process.StopAsync(s_stopPatience);
            await process.WaitAsync(CancellationToken.None);
        }

        return process.ExitCode;

        void Write(string line)
        {
            output.WriteLine(line);
            if (line.StartsWith(Listening, StringComparison.Ordinal) && Uri.TryCreate(line[Listening.Length..], UriKind.Absolute, out var url))
            {
                onListening(url);
            }
        }
    }

    /// <summary>Starts the service on a storage account and waits until it answers.</summary>
    /// <param name="files">Host and app.</param>
    /// <param name="connectionString">Storage account for both its state and its data.</param>
    /// <param name="hub">Task hub name, of its own for each run.</param>
    /// <param name="port">Port on 127.0.0.1; 0 for a free one.</param>
    /// <param name="folder">Folder for its ready file and log.</param>
    /// <exception cref="CommandException"><c>FunctionsAppNotStarted</c>.</exception>
    public static async Task<ServiceHost> StartAsync(
        ServiceFiles files, string connectionString, string hub, int port, string folder, CancellationToken cancellation)
    {
        var readyFile = Path.Combine(folder, "ready");
        var log = new StreamWriter(Path.Combine(folder, "functions.log")) { AutoFlush = true };
        void Log(string line)
        {
            lock (log)
            {
                log.WriteLine(line);
            }
        }

        var settings = StorageSettings(connectionString);
        settings["AzureFunctionsJobHost__extensions__durableTask__hubName"] = hub;
        var process = Start(files, ["--port", $"{port}", "--ready-file", readyFile], settings, Log, Log);
        try
        {
            var deadline = DateTime.UtcNow + TimeSpan.FromMinutes(2);
            while (ReadReady(readyFile) is null)
            {
                if (process.HasExited)
                {
                    await process.WaitAsync(cancellation);
                    throw NotStarted(LastWords(process));
                }

                if (DateTime.UtcNow > deadline)
                {
                    throw NotStarted("it didn't answer within two minutes");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
            }

            return new ServiceHost(process, log, ReadReady(readyFile)!);
        }
        catch
        {
            await process.StopAsync(s_stopPatience);
            await process.DisposeAsync();
            lock (log)
            {
                log.Dispose();
            }

            throw;
        }
    }

    /// <summary>The settings by which host and app find their storage account.</summary>
    public static Dictionary<string, string> StorageSettings(string connectionString) => new()
    {
        ["AzureWebJobsStorage"] = connectionString,
        ["RadiomicsStorage"] = connectionString,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(s_stopPatience);
        await _process.DisposeAsync();
        lock (_log)
        {
            _log.Dispose();
        }
    }

    private static ChildProcess Start(
        ServiceFiles files, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, Action<string> onLine, Action<string> onErrorLine) =>
        ChildProcess.Start(
            "dotnet",
            [files.Host, "--app", files.App, "--parent-pid", $"{Environment.ProcessId}", .. arguments],
            new Dictionary<string, string>(settings)
            {
                ["DOTNET_gcServer"] = "0",
                [AuthRequired] = settings.GetValueOrDefault(AuthRequired) ?? Environment.GetEnvironmentVariable(AuthRequired) ?? "false",
            },
            onLine: onLine,
            onErrorLine: onErrorLine);

    private static string LastWords(ChildProcess process) => process.LastLines.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "it said nothing";

    private static Uri? ReadReady(string file)
    {
        try
        {
            return Uri.TryCreate(File.ReadAllText(file).Trim().TrimEnd('/') + "/", UriKind.Absolute, out var url) ? url : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static CommandException NotStarted(string reason) =>
        new(ExitCodes.Failed, "FunctionsAppNotStarted", $"The functions app didn't start: {reason}");
}
