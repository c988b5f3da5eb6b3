using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Local;

/// <summary>
/// A process that doesn't outlive this one. Disposing kills it with all it started; if this process dies without disposing (SIGKILL), the
/// operating system closes the child's standard input, which <c>guard.cjs</c> takes as the end; the service's host watches its parent's id.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 40;
    private const int Terminate = 15;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private ChildProcess(Process process) => _process = process;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines of its output and error, for a message when it fails.</summary>
    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (_lastLines)
            {
                return [.. _lastLines];
            }
        }
    }

    /// <summary>
    /// Starts a program; its output is drained line by line into <paramref name="onLine"/>, its errors into <paramref name="onErrorLine"/> or, without
    /// that, into the same.
    /// </summary>
    /// <exception cref="CommandException"><c>ProgramMissing</c>: it isn't there or can't be run.</exception>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? workingFolder = null,
        Action<string>? onLine = null,
        Action<string>? onErrorLine = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Keep(line.Data, onLine);
        process.ErrorDataReceived += (_, line) => child.Keep(line.Data, onErrorLine ?? onLine);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new CommandException(ExitCodes.Failed, "ProgramMissing", $"'{program}' can't be run; is it installed and on the PATH?", exception);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until it has ended and all its output has been read.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>
    /// Asks it to end in good order (SIGTERM, which Windows doesn't have) and kills it, with all it started, if it hasn't in time.
    /// </summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (!OperatingSystem.IsWindows() && !_process.HasExited && SendSignal(Id, Terminate) == 0)
        {
            await _process.WaitForExitAsync().WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await KillAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task KillAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                await _process.WaitForExitAsync(patience.Token);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException or AggregateException)
        {
            // It ended by itself in the meantime, or one of its own children did.
        }
    }

    private void Keep(string? line, Action<string>? onLine)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }

        onLine?.Invoke(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
