using System.Reflection;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Local;

/// <summary>A running functions app of our own, in its own process, on a loopback port.</summary>
public sealed class FunctionsApp : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly StreamWriter _log;

    private FunctionsApp(ChildProcess process, StreamWriter log, Uri baseUrl)
    {
        _process = process;
        _log = log;
        BaseUrl = baseUrl;
    }

    /// <summary>Where it answers, e.g. <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Its process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>
    /// Runs <paramref name="work"/> against the app. If the app ends by itself meanwhile, no answer is worth waiting for: that is the error, whatever
    /// <paramref name="work"/> makes of the silence.
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

    /// <summary>The app's assembly: <paramref name="path"/>, else <c>RADIOMICS_FUNCTIONS_APP</c>, else the one built with this tool.</summary>
    /// <exception cref="CommandException"><c>FunctionsAppMissing</c>.</exception>
    public static string Find(string? path, Func<string, string?> variable)
    {
        path ??= variable("RADIOMICS_FUNCTIONS_APP");
        if (path is null)
        {
            var relative = typeof(FunctionsApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .FirstOrDefault(attribute => attribute.Key == "FunctionsApp")?.Value ?? "RadiomicsFunctions.dll";
            path = Path.Combine(AppContext.BaseDirectory, relative);
        }

        path = Path.GetFullPath(path);
        return File.Exists(path)
            ? path
            : throw new CommandException(
                ExitCodes.Failed, "FunctionsAppMissing", $"The functions app isn't at {path}; build it with 'dotnet build functions' or name it with --functions-app.");
    }

    /// <summary>Starts the app on a storage account and waits until it answers.</summary>
    /// <param name="assembly">From <see cref="Find"/>.</param>
    /// <param name="connectionString">Storage account for both its state and its data.</param>
    /// <param name="hub">Task hub name, of its own for each run.</param>
    /// <param name="port">Port on 127.0.0.1; 0 for a free one.</param>
    /// <param name="folder">Folder for its ready file and log.</param>
    /// <exception cref="CommandException"><c>FunctionsAppNotStarted</c>.</exception>
    public static async Task<FunctionsApp> StartAsync(
        string assembly, string connectionString, string hub, int port, string folder, CancellationToken cancellation)
    {
        var readyFile = Path.Combine(folder, "ready");
        var log = new StreamWriter(Path.Combine(folder, "functions.log")) { AutoFlush = true };
        var process = ChildProcess.Start(
            "dotnet",
            [assembly, "--port", $"{port}", "--ready-file", readyFile, "--parent-pid", $"{Environment.ProcessId}"],
            new Dictionary<string, string>
            {
                ["AzureWebJobsStorage"] = connectionString,
                ["RadiomicsStorage"] = connectionString,
                ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = hub,
                ["DOTNET_gcServer"] = "0",
            },
            Path.GetDirectoryName(assembly),
            line =>
            {
                lock (log)
                {
                    log.WriteLine(line);
                }
            });
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

            return new FunctionsApp(process, log, ReadReady(readyFile)!);
        }
        catch
        {
            await process.DisposeAsync();
            lock (log)
            {
                log.Dispose();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        lock (_log)
        {
            _log.Dispose();
        }
    }

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
