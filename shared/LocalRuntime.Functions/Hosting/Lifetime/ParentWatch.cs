using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Stops the host when the process that started it is gone, so that none is left behind.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(int parentPid, IHostApplicationLifetime lifetime, ILogger log)
    {
        var started = StartOf(parentPid);
        while (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // A new process under the old number isn't the parent.
            if (started is null || StartOf(parentPid) != started)
            {
                HostLog.ParentGone(log, parentPid);
                lifetime.StopApplication();
                await Task.Delay(Grace);
                Environment.Exit(0);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
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
