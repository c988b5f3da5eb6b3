using System.ComponentModel;
using System.Diagnostics;

namespace Radiomics.Cli.Output;

/// <summary>Shows a page in whatever this machine shows pages in: what the system has for it (<c>xdg-open</c>, <c>open</c>, the shell of Windows) decides.</summary>
internal static class Browser
{
    // It hands the page on and ends; one that shows the page itself goes on.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Opens a file.</summary>
    /// <param name="file">A page.</param>
    /// <param name="host">Whose search path is used.</param>
    /// <exception cref="CommandException"><c>BrowserNotOpened</c>: there is nothing to open it with, or that couldn't.</exception>
    public static async Task OpenAsync(string file, CommandHost host, CancellationToken cancellation)
    {
        using var process = Start(file, host.Variable("PATH"));
        if (process is null)
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return;
        }

        if (process.ExitCode != 0)
        {
            throw NotOpened(file, null);
        }
    }

    /// <summary>Opens a page where there is a desktop. Returns whether there was one that took it: whoever asks has said where the page is.</summary>
    /// <param name="page">A file, or an address.</param>
    /// <param name="host">Whose search path and display are used.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<bool> TryOpenAsync(string page, CommandHost host, CancellationToken cancellation)
    {
        if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(host.Variable("DISPLAY")) && string.IsNullOrEmpty(host.Variable("WAYLAND_DISPLAY")))
        {
            return false;
        }

        try
        {
            await OpenAsync(page, host, cancellation);
            return true;
        }
        catch (CommandException)
        {
            return false;
        }
    }

    private static Process? Start(string file, string? path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                return Process.Start(new ProcessStartInfo(file) { UseShellExecute = true });
            }

            var name = OperatingSystem.IsMacOS() ? "open" : "xdg-open";
            var program = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw NotOpened(file, null);
            return Process.Start(new ProcessStartInfo(program, [file]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception e)
        {
            throw NotOpened(file, e);
        }
    }

    private static CommandException NotOpened(string file, Exception? inner) =>
        new(ExitCodes.Failed, "BrowserNotOpened", $"Nothing on this machine opens pages; the report is in {file}.", inner);
}
