using System.CommandLine;
using System.Globalization;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics quarantine fix</c>: a new zip of an upload that could not be used.</summary>
internal static class QuarantineFixCommand
{
    private const string Fixed = "fixed.zip";

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var service = new ServiceOptions(host);
        var upload = QuarantineCommand.Upload();
        var output = new Option<string>("--out") { Description = "The new zip. It names the patient as the upload does: keep it where such things are kept.", Required = true, HelpName = "FILE" };
        var broken = new Option<bool>("--drop-broken") { Description = "Leave out files that can't be read, or are no part of a study." };
        var regions = new Option<bool>("--drop-regions") { Description = "Leave out the regions that are in it (RTSTRUCT, SEG, NIfTI)." };
        var without = new Option<int[]>("--drop-series") { Description = "Leave out series, by number.", AllowMultipleArgumentsPerToken = true, HelpName = "NUMBER" };
        var only = new Option<int[]>("--keep-series") { Description = "Leave out the images of all other series.", AllowMultipleArgumentsPerToken = true, HelpName = "NUMBER" };
        var add = new Option<string[]>("--add") { Description = "Add files: the region that was missing, as RTSTRUCT, SEG or NIfTI mask.", AllowMultipleArgumentsPerToken = true, HelpName = "FILE" };
        var field = new Option<double?>("--field-strength") { Description = "MagneticFieldStrength for images that don't say it, tesla.", HelpName = "TESLA" };
        var command = new Command("fix", "Writes a new zip of an upload, without what was in the way or with what was missing; what lies in quarantine stays as it is. The audit says who had it.")
        {
            upload, service.Center, output, broken, regions, without, only, add, field, service.Connection,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(field) is { } tesla && tesla is not (> 0 and < 30))
            {
                result.AddError("--field-strength must be above 0 and below 30 tesla.");
            }
        });
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var order = new RepairOrder
            {
                WithoutBroken = parsed.GetValue(broken),
                WithoutRegions = parsed.GetValue(regions),
                WithoutSeries = (parsed.GetValue(without) ?? []).ToHashSet(),
                OnlySeries = (parsed.GetValue(only) ?? []).ToHashSet(),
                FieldStrength = parsed.GetValue(field),
                Added = [.. (parsed.GetValue(add) ?? []).Select(Existing)],
            };
            if (!order.AsksForSomething)
            {
                throw new CommandException(ExitCodes.Usage, "NothingToFix", "Say what to change: --drop-broken, --drop-regions, --drop-series, --keep-series, --add or --field-strength.");
            }

            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            if (Path.Exists(path))
            {
                throw new CommandException(ExitCodes.BadInput, "OutputExists", $"'{path}' is there already; name another file.");
            }

            using var desk = await QuarantineAccess.OpenAsync(host, service, parsed, cancellation);
            var entry = await desk.Desk.GetAsync(parsed.GetRequiredValue(service.Center), parsed.GetRequiredValue(upload), cancellation);
            using var folder = desk.Temporary.NewFolder();
            var (file, _) = await desk.Desk.CopyAsync(entry, folder, cancellation);
            var result = Repair(file, order, folder);
            var made = folder.File(Fixed);
            var sha256 = await Digest.OfFileAsync(made);
            await desk.NoteAsync(entry, "quarantine-fixed", new Dictionary<string, string> { ["fixed"] = sha256 }, cancellation);
            await WriteAsync(made, path, cancellation);
            Report(terminal, path, sha256, result);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static RepairResult Repair(FileInfo file, RepairOrder order, TemporaryFolder folder)
    {
        using var zip = file.OpenRead();
        using var source = new ZipStudySource(zip);
        using var target = folder.Create(Fixed);
        return StudyRepair.Write(source, order, target);
    }

    // For this user alone: it names a patient.
    private static async Task WriteAsync(FileInfo made, string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var target = new FileStream(path, options);
        await using var source = made.OpenRead();
        await source.CopyToAsync(target, cancellation);
    }

    private static ListedFile Existing(string path) =>
        File.Exists(path) ? new ListedFile(Path.GetFileName(path), () => File.OpenRead(path)) : throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"There is no file '{path}'.");

    private static void Report(Terminal terminal, string path, string sha256, RepairResult result)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { File = path, Sha256 = sha256, result.Kept, result.Changed, result.Added, result.LeftOut });
            return;
        }

        terminal.WriteLine(path);
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Kept} files as they were, {result.Changed} changed, {result.Added} added, {result.LeftOut.Values.Sum()} left out"));
        foreach (var (reason, count) in result.LeftOut)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  left out: {count} ({reason})"));
        }
    }
}
