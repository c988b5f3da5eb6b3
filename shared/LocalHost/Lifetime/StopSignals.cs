using System.Runtime.InteropServices;

namespace LocalHost.Lifetime;

/// <summary>What ends the host: SIGTERM, Ctrl-C, or that the process that started it is gone. A second Ctrl-C ends it at once.</summary>
internal sealed class StopSignals
{
    private static readonly TimeSpan s_parentLook = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _interrupts;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            if (Interlocked.Increment(ref _interrupts) > 1)
                Environment.Exit(130);
            Console.WriteLine("Stopping. Another Ctrl-C ends it at once.");
            Stop(context);
        }),
    ];

    /// <summary>Cancelled once the host is to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Stops the host when a process is gone.</summary>
    public async Task WatchAsync(int parent)
    {
        var started = StartOf(parent);
        // A new process under the old number isn't the parent.
        while (!_stopping.IsCancellationRequested && started is not null && StartOf(parent) == started)
            await Task.Delay(s_parentLook);
        await _stopping.CancelAsync();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stopping.Cancel();
    }

    private static DateTime? StartOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
