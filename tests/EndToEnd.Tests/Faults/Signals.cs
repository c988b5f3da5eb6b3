using System.Runtime.InteropServices;

namespace EndToEnd.Tests.Faults;

/// <summary>Signals to processes of this test's own.</summary>
internal static class Signals
{
    private const int Terminated = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int process) => Kill(process, Terminated);

    /// <summary>Stops processes where they are, and lets them go on after a while.</summary>
    public static async Task PauseAsync(IReadOnlyList<int> processes, Func<Task> meanwhile)
    {
        Send(processes, Stop);
        try
        {
            await meanwhile();
        }
        finally
        {
            Send(processes, Continue);
        }
    }

    private static void Send(IReadOnlyList<int> processes, int signal)
    {
        foreach (var process in processes)
        {
            Kill(process, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
