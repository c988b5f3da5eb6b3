using System.Diagnostics;
using System.Text.RegularExpressions;
using Radiomics.Cli.Output;
using Radiomics.Pages;
using Radiomics.Pages.Tests.Report;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Tests;

/// <summary>Reports as PDF, printed by the machine's own Chromium and read by others' tools.</summary>
public sealed class ReportPrintTests
{
    private static readonly CommandHost s_host = new(ToolStreams.To(TextWriter.Null, TextWriter.Null), Environment.GetEnvironmentVariable);

    [Theory]
    [InlineData("A", "3.0T", "en", "Will liver iron be high two years after stem-cell transplantation?")]
    [InlineData("A", "3.0T", "zh", "造血干细胞移植后两年，肝铁含量会偏高吗？")]
    [InlineData("B", "1.5T", "en", "Will liver iron be high two years after stem-cell transplantation?")]
    [InlineData("B", "1.5T", "zh", "造血干细胞移植后两年，肝铁含量会偏高吗？")]
    public async Task A_report_fits_on_two_pages_of_A4_with_its_words_in_letters_that_are_there(string center, string field, string language, string question)
    {
        RequireTools();
        using var folder = new TemporaryFolder();
        var pdf = folder.File("report.pdf");

        await PrintingBrowser.Find(null, s_host).PrintAsync(await PageAsync(TestReports.Of(center, field, seed: 21, columns: 96, slices: 48), language), pdf, TestContext.Current.CancellationToken);

        var info = await RunAsync("pdfinfo", pdf);
        Assert.InRange(int.Parse(Regex.Match(info, @"Pages:\s+(\d+)").Groups[1].Value), 1, 2);
        Assert.Matches(@"Page size:\s+59[45]\.\d+ x 84[12]\.\d+ pts \(A4\)", info);
        var text = Regex.Replace(await RunAsync("pdftotext", "-layout", pdf, "-"), @"\s+", language == "zh" ? "" : " ");
        Assert.Contains(question, text, StringComparison.Ordinal);
        Assert.Contains(language == "zh" ? "不得用于临床。" : "Not for clinical use.", text, StringComparison.Ordinal);

        // Each font is in the file, and says which letters its glyphs are.
        var fonts = (await RunAsync("pdffonts", pdf)).Split('\n').Skip(2).Where(line => line.Length > 0).ToArray();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, line => Assert.Matches(@"\s+yes\s+(yes|no)\s+yes\s", line));
    }

    [Theory]
    [InlineData("肝", "铁", true)]
    [InlineData("\uE000", "\uE001", false)]
    public async Task Chinese_letters_are_drawn_and_not_the_boxes_of_letters_that_are_missing(string one, string other, bool areLetters)
    {
        RequireTools();
        using var folder = new TemporaryFolder();
        var style = Regex.Match((await PageAsync(TestReports.FeaturesOnly, "zh")).ToString(), "<style>.*?</style>", RegexOptions.Singleline).Value;
        const string Place = "position:absolute;left:0;font-size:64px;line-height:1";
        var page = $"<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\">{style}<style>@page{{margin:0}}</style><span style=\"{Place};top:0\">{one}</span><span style=\"{Place};top:200px\">{other}</span>";

        await PrintingBrowser.Find(null, s_host).PrintAsync(new BinaryData(page), folder.File("x.pdf"), TestContext.Current.CancellationToken);
        await RunAsync("pdftoppm", "-r", "96", "-gray", "-singlefile", folder.File("x.pdf"), folder.File("x"));
        var picture = await File.ReadAllBytesAsync(folder.File("x.pgm"));
        var width = int.Parse(Regex.Match(System.Text.Encoding.ASCII.GetString(picture, 0, 20), @"^P5\s(\d+)").Groups[1].Value);
        var pixels = picture.AsSpan(picture.Length - (picture.Length / width * width));
        var (first, second) = (Letter(pixels, width, 0), Letter(pixels, width, 200));

        Assert.True(first.Count(grey => grey < 128) > 50);
        Assert.Equal(areLetters, !first.SequenceEqual(second));
    }

    [Fact]
    public async Task A_report_of_a_center_without_models_and_one_of_a_patient_unlike_the_others_fit_as_well()
    {
        RequireTools();
        using var folder = new TemporaryFolder();
        foreach (var subject in new[] { TestReports.FeaturesOnly, TestReports.Unlike })
        {
            foreach (var language in new[] { "en", "zh" })
            {
                await PrintingBrowser.Find(null, s_host).PrintAsync(await PageAsync(subject, language), folder.File("r.pdf"), TestContext.Current.CancellationToken);
                Assert.InRange(int.Parse(Regex.Match(await RunAsync("pdfinfo", folder.File("r.pdf")), @"Pages:\s+(\d+)").Groups[1].Value), 1, 2);
            }
        }
    }

    [Fact]
    public async Task Printing_leaves_the_pdf_and_nothing_else()
    {
        RequireTools();
        using var folder = new TemporaryFolder();
        var before = Directory.GetDirectories(Path.GetTempPath(), "radiomics-tool-*");

        await PrintingBrowser.Find(null, s_host).PrintAsync(new BinaryData("<!doctype html><title>x</title><p>x"), folder.File("new/x.pdf"), TestContext.Current.CancellationToken);

        Assert.Equal(["x.pdf"], Directory.GetFiles(folder.File("new")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), "radiomics-tool-*").Except(before).SelectMany(Directory.GetFileSystemEntries));
    }

    [Fact]
    public async Task A_page_fetches_nothing_while_it_is_printed()
    {
        RequireTools();
        using var folder = new TemporaryFolder();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        await PrintingBrowser.Find(null, s_host).PrintAsync(
            new BinaryData($"<!doctype html><title>x</title><img src=\"http://localhost:{port}/x.png\"><img src=\"http://127.0.0.1:{port}/x.png\"><p>x"), folder.File("x.pdf"), TestContext.Current.CancellationToken);

        Assert.False(listener.Pending());
    }

    [Fact]
    public void Where_there_is_no_browser_it_says_what_to_install()
    {
        var host = new CommandHost(ToolStreams.To(TextWriter.Null, TextWriter.Null), _ => null);
        var missing = Assert.Throws<CommandException>(() => PrintingBrowser.Find(null, host, []));
        var named = Assert.Throws<CommandException>(() => PrintingBrowser.Find("/nowhere/chrome", host, []));

        Assert.Equal(("PrintBrowserMissing", "PrintBrowserMissing"), (missing.Code, named.Code));
        Assert.All(new[] { "Debian", "Ubuntu", "Windows", "macOS", "--browser" }, system => Assert.Contains(system, missing.Message, StringComparison.Ordinal));
        Assert.Contains("/nowhere/chrome", named.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_prints_nothing_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its shell can't be stood in for.");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("chromium"), "#!/bin/sh\nexit 0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("chromium"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var host = new CommandHost(ToolStreams.To(TextWriter.Null, TextWriter.Null), name => name == "PATH" ? Path.GetDirectoryName(folder.File("chromium")) : null);
        var failed = await Assert.ThrowsAsync<CommandException>(() => PrintingBrowser.Find(null, host, []).PrintAsync(new BinaryData("x"), folder.File("x.pdf"), TestContext.Current.CancellationToken));

        Assert.Equal("PrintFailed", failed.Code);
        Assert.False(File.Exists(folder.File("x.pdf")));
    }

    private static byte[] Letter(ReadOnlySpan<byte> pixels, int width, int top)
    {
        List<byte> letter = [];
        for (var row = top; row < top + 80; row++)
        {
            letter.AddRange(pixels.Slice(row * width, 80));
        }

        return [.. letter];
    }

    private static async Task<BinaryData> PageAsync(ReportSubject subject, string language) =>
        (await new DocumentPages(new PageRenderer()).ReportAsync(subject)).Single(page => PredictionReports.LanguageOf(page.Extension) == language).Content;

    private static void RequireTools()
    {
        try
        {
            PrintingBrowser.Find(null, s_host);
        }
        catch (CommandException)
        {
            Assert.Skip("To print with: Chromium is not on this machine (apt-get install chromium)");
        }

        foreach (var (program, package) in new[] { ("pdftotext", "poppler-utils"), ("fc-list", "fontconfig") })
        {
            Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))), $"To print with: {program} is not on this machine (apt-get install {package})");
        }

        using var fonts = Process.Start(new ProcessStartInfo("fc-list", [":lang=zh", "family"]) { RedirectStandardOutput = true })!;
        Assert.SkipWhen(fonts.StandardOutput.ReadToEnd().Length == 0, "To print with: a Chinese font is not on this machine (apt-get install fonts-noto-cjk)");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
