using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics report</c>: a prediction's report as it was stored with it.</summary>
public static class ReportCommand
{
    // Longest endings first: a FHIR bundle's ends with a record's.
    private static readonly (string Name, string Extension, string[] Endings)[] s_forms =
    [
        ("fhir", PredictionReports.Fhir, [PredictionReports.Fhir]),
        ("html", PredictionReports.ChineseHtml, [PredictionReports.ChineseHtml]),
        ("html", PredictionReports.Html, [PredictionReports.Html, ".htm"]),
        ("json", PredictionReports.Json, [PredictionReports.Json]),
        ("sr", PredictionReports.Sr, [".dcm"]),
    ];

    // What is written into a folder when no form is asked for.
    private static readonly string[] s_all = [PredictionReports.Html, PredictionReports.Json, PredictionReports.Fhir];

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var id = new Argument<string>("ID") { Description = "The prediction's id, as submit gives it." };
        var open = new Option<bool>("--open") { Description = "Show the page in the browser; it is kept in this user's data folder unless --out says where." };
        var output = new Option<string?>("--out") { Description = "File to write to, whose ending says the form, or a folder for page, record and FHIR bundle.", HelpName = "FILE|FOLDER" };
        var form = new Option<string?>("--format") { Description = "The form: html (default), json (the record), fhir (FHIR R4 bundle) or sr (DICOM structured report)." };
        form.AcceptOnlyFromAmong([.. s_forms.Select(known => known.Name).Distinct()]);
        var language = new Option<string?>("--language") { Description = "The language of the page: en (default) or zh." };
        language.AcceptOnlyFromAmong([.. PredictionReports.Pages.Select(page => page.Language)]);
        var pdf = new Option<string?>("--pdf") { Description = "File for the page as PDF, printed by an installed Chromium, Chrome or Edge.", HelpName = "FILE" };
        var browser = new Option<string?>("--browser") { Description = $"The browser that prints (also: environment variable {PrintingBrowser.Variable}); default: the first that is found.", HelpName = "PATH" };
        var command = new Command(
            "report",
            "Fetches a prediction's report as it was stored, from the service or the storage account. Without --open, --out and --pdf, what is typed at a terminal keeps the page, says where, and "
            + "shows it if there is a desktop; in a pipe it is written to standard output.")
        {
            id, service.Center, open, output, form, language, pdf, browser, service.Url, service.Key, service.Connection,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(open) && result.GetValue(form) is not (null or "html"))
            {
                result.AddError("--open shows the page: it excludes other forms.");
            }

            if (result.GetValue(pdf) is not null && result.GetValue(form) is not (null or "html"))
            {
                result.AddError("--pdf prints the page: it excludes other forms.");
            }

            if (result.GetValue(browser) is not null && result.GetValue(pdf) is null)
            {
                result.AddError("--browser is the one that prints: it needs --pdf.");
            }
        });
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var (center, prediction) = (parsed.GetRequiredValue(service.Center), parsed.GetRequiredValue(id));
            if (!PredictionId.IsValid(prediction))
            {
                throw new CommandException(ExitCodes.BadInput, "PredictionNotFound", "This is no prediction's id: one is 'p-' and 32 hexadecimal digits.");
            }

            var asked = s_forms.LastOrDefault(known => known.Name == parsed.GetValue(form)).Extension;
            var printed = parsed.GetValue(pdf);

            // Said before anything is fetched.
            var printer = printed is null ? null : PrintingBrowser.Find(parsed.GetValue(browser), host);
            var isTyped = asked is null && printed is null && parsed.GetValue(output) is null && !parsed.GetValue(open) && host.IsTyped && !terminal.Json;
            var (folder, file) = Place(parsed.GetValue(output), parsed.GetValue(open) || isTyped);
            if (folder is null && file is null && printer is null)
            {
                using var single = await FindAsync(host, terminal, service, parsed, cancellation);
                Print(terminal, prediction, await single.GetAsync(center, prediction, Page(asked ?? PredictionReports.Html, parsed.GetValue(language)), cancellation));
                return ExitCodes.Ok;
            }

            string[] forms = asked is not null ? [asked] : file is not null ? [FormOf(file)] : parsed.GetValue(output) is null ? [PredictionReports.Html] : s_all;
            string[] extensions = folder is null && file is null ? [] : [.. forms.Select(extension => Page(extension, parsed.GetValue(language)))];
            var page = Page(extensions.FirstOrDefault(extension => PredictionReports.LanguageOf(extension) is not null) ?? PredictionReports.Html, parsed.GetValue(language));
            if (parsed.GetValue(open) && !extensions.Contains(page))
            {
                throw new CommandException(ExitCodes.Usage, "Usage", "--open shows the page: --out must name a file that ends with .html, or a folder.");
            }

            List<string> files = [];
            using var reports = await FindAsync(host, terminal, service, parsed, cancellation);
            foreach (var extension in extensions)
            {
                var report = await reports.GetAsync(center, prediction, extension, cancellation);
                var path = Path.GetFullPath(file ?? Path.Combine(folder!, prediction + extension));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, report.Content, cancellation);
                files.Add(path);
            }

            if (printer is not null)
            {
                await printer.PrintAsync((await reports.GetAsync(center, prediction, page, cancellation)).Content, printed!, cancellation);
                files.Add(Path.GetFullPath(printed!));
            }

            if (parsed.GetValue(open))
            {
                await Browser.OpenAsync(files[Array.IndexOf(extensions, page)], host, cancellation);
            }
            else if (isTyped)
            {
                await Browser.TryOpenAsync(files[0], host, cancellation);
            }

            Report(terminal, prediction, center, files);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static (string? Folder, string? File) Place(string? output, bool open) => output switch
    {
        null => (open ? ReportFolder() : null, null),
        _ when Directory.Exists(output) || Path.EndsInDirectorySeparator(output) || !Path.HasExtension(output) => (output, null),
        _ => (null, output),
    };

    // The page in the language that is asked for; other forms have none.
    private static string Page(string extension, string? language) => language is null || PredictionReports.LanguageOf(extension) is null
        ? extension
        : PredictionReports.Pages.Single(page => page.Language == language).Extension;

    private static string FormOf(string file) =>
        s_forms.FirstOrDefault(known => known.Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Extension
        ?? throw new CommandException(ExitCodes.Usage, "Usage", "The ending of the file says no form: .html, .json, .fhir.json or .dcm; or name the form by --format. A PDF is what --pdf writes.");

    // Readable by this user alone.
    private static string ReportFolder()
    {
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "radiomics", "reports");
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private static async Task<ReportSource> FindAsync(CommandHost host, Terminal terminal, ServiceOptions service, ParseResult parsed, CancellationToken cancellation)
    {
        var connection = service.ConnectionString(parsed);
        var client = service.NamedService(parsed) ?? (connection is null ? await ServiceOptions.LocalServiceAsync(cancellation) : null);
        return client is not null ? new ReportSource(host, terminal, client, null) : new ReportSource(host, terminal, null, await StorageAccount.OpenAsync(connection ?? StorageAccount.Development, cancellation));
    }

    private static void Print(Terminal terminal, string id, ReportFile report)
    {
        if (terminal.Json)
        {
            // A page in JSON is a text, and so is what isn't text at all, in base64.
            terminal.WriteJson(new
            {
                id,
                report.ContentType,
                Sha256 = Digest.Of(report.Content),
                Content = report.Extension == PredictionReports.Sr ? Convert.ToBase64String(report.Content) : report.Content.ToString(),
            });
        }
        else
        {
            terminal.Write(report.Content.ToMemory());
        }
    }

    private static void Report(Terminal terminal, string id, string center, List<string> files)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { id, center, files });
            return;
        }

        files.ForEach(terminal.WriteLine);
    }

    /// <summary>Where reports are read: the service, whose audit has it, or the storage account, in which this writes it down.</summary>
    private sealed class ReportSource(CommandHost host, Terminal terminal, ServiceClient? service, StorageAccount? account) : IDisposable
    {
        private bool _isNoted;

        public async Task<ReportFile> GetAsync(string center, string id, string extension, CancellationToken cancellation)
        {
            if (service is not null)
            {
                return await service.GetReportAsync(center, id, extension, cancellation);
            }

            var report = await account!.Reports.GetAsync(center, id, extension, cancellation);
            if (!_isNoted)
            {
                await ServiceAudit.NoteReadAsync(host, terminal, account, center, "report", id, cancellation);
                _isNoted = true;
            }

            return report;
        }

        public void Dispose() => service?.Dispose();
    }
}
