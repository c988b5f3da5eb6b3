using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Radiomics;

/// <summary>
/// LocalHost in a process of its own, with the worker that it starts. Both can be killed without notice. Neither outlives this object, nor this
/// process if that dies without disposing it.
/// </summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("host-").FullName;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly List<(int Id, DateTime? Start)> _workers = [];
    private readonly Process _process;
    private readonly Task _reading;

    /// <summary>Starts it; it isn't ready yet.</summary>
    /// <param name="app">Folder of the built app.</param>
    /// <param name="settings">Environment of host and worker besides this process's own; null takes a variable away.</param>
    /// <param name="args">Further arguments; a <c>--port</c> among them takes the place of a free one, and so on.</param>
    public HostProcess(string app, IReadOnlyDictionary<string, string?>? settings = null, params string[] args)
    {
        string[] port = args.Contains("--port") ? [] : ["--port", "0"];
        string[] ready = args.Contains("--ready-file") ? [] : ["--ready-file", ReadyFile];
        string[] parent = args.Contains("--parent-pid") ? [] : ["--parent-pid", $"{Environment.ProcessId}"];
        var start = new ProcessStartInfo("dotnet", [Program, "--app", app, .. port, .. ready, .. parent, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Not the tests' own, where a local.settings.json or a terminal's input might be.
            RedirectStandardInput = true,
            WorkingDirectory = _folder,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, _output), ReadAsync(_process.StandardError, _errors));
    }

    /// <summary>The host's build of the same configuration as these tests.</summary>
    public static string Program { get; } = Path.Combine(BuildOf("shared/LocalHost"), "LocalHost.dll");

    /// <summary>Process id of the host.</summary>
    public int Id => _process.Id;

    /// <summary>Process id of the worker that was started last.</summary>
    public int WorkerId => Last().Id;

    /// <summary>Process ids of all workers that were started, in order.</summary>
    public IReadOnlyList<int> Workers => [.. Known().Select(worker => worker.Id)];

    /// <summary>Where it serves, once it is ready.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>All that it has written to standard output so far: its log, and the worker's.</summary>
    public string Log => TextOf(_output);

    /// <summary>All that it has written to standard error so far.</summary>
    public string Errors => TextOf(_errors);

    public bool HasExited => _process.HasExited;

    private string ReadyFile => Path.Combine(_folder, "ready");

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<HostProcess> StartAsync(string app, IReadOnlyDictionary<string, string?>? settings = null, params string[] args)
    {
        var host = new HostProcess(app, settings, args);
        try
        {
            await host.ReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Output folder of a project that is built in the same configuration as these tests.</summary>
    /// <param name="project">Its folder, from the repository's root.</param>
    public static string BuildOf(string project)
    {
        var configuration = typeof(HostProcess).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Path.Combine(TestData.RepositoryRoot, project, "bin", configuration, "net10.0");
    }

    /// <summary>Waits until it serves and its worker has loaded the functions.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; with all that it said.</exception>
    public async Task<Uri> ReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!File.Exists(ReadyFile))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The host ended with code {await ExitAsync()}:\n{Errors}\n{Log}");
            if (watch.Elapsed > _patience)
                throw new TimeoutException($"The host isn't ready after {_patience}:\n{Errors}\n{Log}");
            await Task.Delay(20);
        }

        return Url = new Uri((await File.ReadAllTextAsync(ReadyFile)).Trim());
    }

    /// <summary>Waits for its end. Returns its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(_patience);
        await _reading.WaitAsync(_patience);
        return _process.ExitCode;
    }

    /// <summary>Waits until the log says something.</summary>
    public async Task SaysAsync(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            if (watch.Elapsed > _patience)
                throw new TimeoutException($"The host doesn't say '{text}':\n{Log}");
            await Task.Delay(20);
        }
    }

    /// <summary>Sends it a signal: 2 is that of Ctrl-C, 15 asks it to end.</summary>
    public void Signal(int signal)
    {
        if (Kill(Id, signal) != 0)
            throw new InvalidOperationException($"The host can't be sent signal {signal}; it has ended.");
    }

    /// <summary>SIGKILL for the host alone: no handler, no finally, no flush.</summary>
    public async Task KillHostAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(_patience);
    }

    /// <summary>SIGKILL for the worker alone.</summary>
    public Task KillWorkerAsync() => KillAsync(Last());

    /// <summary>SIGKILL for both, the host first, so that it can't restart the worker.</summary>
    public async Task KillAsync()
    {
        await KillHostAsync();
        foreach (var worker in Known())
            await KillAsync(worker);
    }

    /// <summary>Waits until no worker of this host lives. Returns whether that came to pass.</summary>
    public async Task<bool> WorkersEndAsync(TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (Known().Any(worker => Living(worker) is not null))
        {
            if (watch.Elapsed > patience)
                return false;
            await Task.Delay(50);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited && Kill(Id, 15) == 0)
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(10)));
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await KillAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task KillAsync((int Id, DateTime? Start) worker)
    {
        try
        {
            using var process = Living(worker);
            process?.Kill();
            await (process?.WaitForExitAsync().WaitAsync(_patience) ?? Task.CompletedTask);
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }
    }

    /// <summary>The worker, if it lives. Another process may have its number by now; it didn't start at the same time.</summary>
    private static Process? Living((int Id, DateTime? Start) worker)
    {
        try
        {
            var process = Process.GetProcessById(worker.Id);
            if (!process.HasExited && process.StartTime - worker.Start is { } apart && apart.Duration() < TimeSpan.FromSeconds(2))
                return process;
            process.Dispose();
            return null;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DateTime? StartOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private (int Id, DateTime? Start)[] Known()
    {
        lock (_workers)
            return [.. _workers];
    }

    private (int Id, DateTime? Start) Last() => Known() is [.., var last] ? last : throw new InvalidOperationException($"The host has started no worker:\n{Log}");

    private static string TextOf(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private async Task ReadAsync(StreamReader from, StringBuilder to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            if (WorkerStarted().Match(line) is { Success: true } worker)
            {
                var id = int.Parse(worker.Groups[1].Value, CultureInfo.InvariantCulture);
                lock (_workers)
                    _workers.Add((id, StartOf(id)));
            }

            lock (to)
                to.Append(line).Append('\n');
        }
    }

    [GeneratedRegex(@"\bWorker (\d+) started\.")]
    private static partial Regex WorkerStarted();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int id, int signal);
}
