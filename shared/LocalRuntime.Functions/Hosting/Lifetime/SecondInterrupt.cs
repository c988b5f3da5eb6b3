using System.Runtime.InteropServices;

namespace LocalRuntime.Functions.Hosting;

/// <summary>The first Ctrl-C stops in good order (the generic host sees to that); the second ends the process at once.</summary>
internal sealed class SecondInterrupt : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private int _seen;

    public SecondInterrupt() => _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
    {
        if (Interlocked.Increment(ref _seen) > 1)
            Environment.Exit(130);
    });

    public void Dispose() => _interrupt.Dispose();
}
