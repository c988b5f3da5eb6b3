using System.ComponentModel;
using System.Diagnostics;
using Radiomics.Cli.Local;

namespace Radiomics.Cli.Output;

/// <summary>
/// Prints pages as PDF by an installed Chromium, Chrome or Edge that nobody sees: without network, with a profile of its own that is gone afterwards. Pages are those of the product, which
/// run and load nothing.
/// </summary>
/// <param name="program">The browser.</param>
internal sealed class PrintingBrowser(string program)
{
    /// <summary>Environment variable that names a browser.</summary>
    public const string Variable = "RADIOMICS_BROWSER";

    private const string Install =
        "On Debian install it by 'apt install chromium fonts-noto-cjk', on Ubuntu Google Chrome's package and fonts-noto-cjk, on macOS by 'brew install --cask google-chrome'; Windows has Edge, or install Chrome. "
        + "Or name a browser by --browser or RADIOMICS_BROWSER.";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private static readonly string[] s_names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge", "Google Chrome", "Chromium", "Microsoft Edge"];

    /// <summary>The browser of this machine.</summary>
    /// <param name="named">The one that the command line names; null if none.</param>
    /// <param name="host">Whose environment is looked at.</param>
    /// <exception cref="CommandException"><c>PrintBrowserMissing</c>.</exception>
    public static PrintingBrowser Find(string? named, CommandHost host) => Find(named, host, UsualFolders());

    /// <summary>The same, with the folders in which browsers usually are.</summary>
    internal static PrintingBrowser Find(string? named, CommandHost host, IEnumerable<string> usual)
    {
        if ((named ?? host.Variable(Variable)) is { } program)
        {
            return File.Exists(program) ? new(program) : throw Missing($"There is no browser at '{program}' to print the PDF with. {Install}");
        }

        var folders = (host.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(usual);
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        return folders.SelectMany(folder => s_names.Select(name => Path.Combine(folder, name + ending))).FirstOrDefault(File.Exists) is { } found
            ? new(found)
            : throw Missing($"There is no Chromium, Chrome or Edge on this machine to print the PDF with. {Install}");
    }

    /// <summary>Prints a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="file">The PDF; its folder is made if need be, and a file that is there is replaced.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandException"><c>PrintFailed</c>: the browser didn't print within a minute.</exception>
    public async Task PrintAsync(BinaryData html, string file, CancellationToken cancellation)
    {
        var folder = TemporaryFiles.NewFolder();
        try
        {
            var (page, pdf) = (Path.Combine(folder, "page.html"), Path.Combine(folder, "page.pdf"));
            await File.WriteAllBytesAsync(page, html, cancellation);
            await RunAsync(page, pdf, Path.Combine(folder, "profile"), cancellation);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.Move(pdf, file, overwrite: true);
        }
        finally
        {
            await DeleteAsync(folder);
        }
    }

    private async Task RunAsync(string page, string pdf, string profile, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, Arguments(page, pdf, profile)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Start(start);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        try
        {
            // What it says is of no use to anybody, but must be read lest it wait.
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token), process.WaitForExitAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw cancellation.IsCancellationRequested ? new OperationCanceledException(cancellation) : Failed($"took longer than {s_patience.TotalSeconds:0} seconds");
        }

        if (process.ExitCode != 0 || !IsPdf(pdf))
        {
            throw Failed($"ended with code {process.ExitCode}");
        }
    }

    private static IEnumerable<string> Arguments(string page, string pdf, string profile)
    {
        // Root has no sandbox to give up, and the browser asks for it.
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            yield return "--no-sandbox";
        }

        string[] rest =
        [
            "--headless=new", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync", "--disable-background-networking", "--disable-component-update",
            "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={profile}", "--no-pdf-header-footer", $"--print-to-pdf={pdf}",
            new Uri(page).AbsoluteUri,
        ];
        foreach (var argument in rest)
        {
            yield return argument;
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CommandException(ExitCodes.Failed, "PrintFailed", $"The browser {program} can't be run.", e);
        }
    }

    private static bool IsPdf(string file)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        Span<byte> start = stackalloc byte[5];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("%PDF-"u8);
    }

    // A browser's helpers may write into its profile a moment longer than it lives.
    private static async Task DeleteAsync(string folder)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (round < 20)
            {
                await Task.Delay(100);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It goes with the tool's temporary files.
                return;
            }
        }
    }

    private static IEnumerable<string> UsualFolders()
    {
        if (OperatingSystem.IsWindows())
        {
            return from root in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
                   from place in new[] { @"Google\Chrome\Application", @"Chromium\Application", @"Microsoft\Edge\Application" }
                   select Path.Combine(Environment.GetFolderPath(root), place);
        }

        return OperatingSystem.IsMacOS()
            ? from root in new[] { "/Applications", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Applications") }
              from name in new[] { "Google Chrome", "Chromium", "Microsoft Edge" }
              select $"{root}/{name}.app/Contents/MacOS"
            : ["/usr/bin", "/usr/local/bin", "/opt/google/chrome", "/opt/microsoft/msedge", "/snap/bin"];
    }

    private CommandException Failed(string how) =>
        new(ExitCodes.Failed, "PrintFailed", $"{program} {how}, and printed nothing; name another browser by --browser, or open the page and print it there.");

    private static CommandException Missing(string sentence) => new(ExitCodes.Failed, "PrintBrowserMissing", sentence);
}
