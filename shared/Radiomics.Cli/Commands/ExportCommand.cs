using System.CommandLine;
using System.Text.Json;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics export</c>: what others can read, and nobody can be known from.</summary>
public static class ExportCommand
{
    private static readonly Dictionary<string, string[]> _formats = new(StringComparer.Ordinal)
    {
        ["sr"] = [PredictionReports.Sr],
        ["fhir"] = [PredictionReports.Fhir],
        ["html"] = [PredictionReports.Html, PredictionReports.ChineseHtml],
        ["all"] = [PredictionReports.Html, PredictionReports.ChineseHtml, PredictionReports.Sr, PredictionReports.Fhir],
    };

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var what = new Argument<string>("WHAT") { Description = "A prediction's id, the file of its record, or a DICOM study (folder, zip or one file)." };
        var format = new Option<string>("--format") { Description = "Of a prediction: sr (DICOM structured report), fhir (FHIR R4 bundle), html (English and Chinese), or all.", DefaultValueFactory = _ => "all" };
        format.AcceptOnlyFromAmong([.. _formats.Keys]);
        var output = new Option<string>("--out") { Description = "Folder to write to; made if need be.", Required = true, HelpName = "FOLDER" };
        var command = new Command(
            "export",
            "Writes a prediction's pseudonymised reports, or a DICOM study de-identified by PS3.15 (Basic Profile; dates moved, descriptions cleaned) under the service's "
            + "secret: the setting Radiomics__UidKey, else this user's key file.")
        {
            what, format, output, service.Center, service.Connection,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var (name, folder, center) = (parsed.GetRequiredValue(what), parsed.GetRequiredValue(output), parsed.GetRequiredValue(service.Center));
            if (Directory.Exists(name) || File.Exists(name) && !name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                return Report(terminal, folder, await Task.Run(() => WriteStudy(name, folder, new Deidentifier(ServiceKey.Find(host), center)), cancellation));
            }

            var id = PredictionId.IsValid(name) ? name : await IdInAsync(name, cancellation);
            var account = await StorageAccount.OpenAsync(service.ConnectionString(parsed) ?? StorageAccount.Development, cancellation);
            var files = await WriteReportsAsync(host, terminal, account, center, id, _formats[parsed.GetRequiredValue(format)], folder, cancellation);
            return Report(terminal, folder, new StudyExportResult(files, new Dictionary<string, int>()));
        });
        return command;
    }

    private static StudyExportResult WriteStudy(string path, string folder, Deidentifier deidentifier)
    {
        using var study = new LocalStudy(path);
        return StudyExport.Write(study.Source, deidentifier, folder);
    }

    private static async Task<List<string>> WriteReportsAsync(
        CommandHost host, Terminal terminal, StorageAccount account, string center, string id, string[] extensions, string folder, CancellationToken cancellation)
    {
        await ServiceAudit.NoteReadAsync(host, terminal, account, center, "report", id, cancellation);
        List<string> files = [];
        foreach (var extension in extensions)
        {
            var report = await account.Reports.GetAsync(center, id, extension, cancellation);
            Directory.CreateDirectory(folder);
            files.Add(id + extension);
            await File.WriteAllBytesAsync(Path.Combine(folder, id + extension), report.Content, cancellation);
        }

        return files;
    }

    private static async Task<string> IdInAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"'{path}' is no prediction's id, and there is no such folder or file.");
        }

        try
        {
            await using var stream = File.OpenRead(path);
            return (await JsonSerializer.DeserializeAsync<PredictionStatus>(stream, RadiomicsJson.Options, cancellation))?.Id ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCodes.BadInput, "InvalidRecord", $"'{path}' is no record of a prediction.", e);
        }
    }

    private static int Report(Terminal terminal, string folder, StudyExportResult result)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { Folder = folder, result.Files, result.LeftOut });
            return ExitCodes.Ok;
        }

        terminal.WriteLine($"{result.Files.Count} files in {folder}");
        foreach (var (reason, count) in result.LeftOut)
        {
            terminal.WriteLine($"left out: {count} ({reason})");
        }

        return ExitCodes.Ok;
    }
}
