using System.CommandLine;
using Radiomics.Cli.Output;
using Radiomics.Cli.Stability;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics stability</c>: which features survive small changes of image and ROI.</summary>
public static class StabilityCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var options = new StabilityOptions();
        var command = new Command(
            "stability",
            "Perturbs images and ROIs and tells which features survive: the ICC of each over at least ten cases (--batch), or the dispersion of a single case.");
        options.AddTo(command);
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            if (parsed.GetValue(options.Out) is { } file && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            {
                // Rather now than after hours.
                throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"There is no folder '{folder}' for --out.");
            }

            var theirs = options.PyRadiomics.Chosen(parsed);
            var run = new StabilityRun(options.Request(parsed, theirs), terminal);
            var report = parsed.GetValue(options.Batch) is not null
                ? await run.BatchAsync(options.Cases(parsed, theirs), cancellation)
                : options.PyRadiomics.InTheirWords(parsed, () => run.Single(options.Case(parsed, theirs), cancellation));
            await WriteAsync(report, parsed.GetValue(options.Out), terminal, cancellation);
            return report.Failed.Count == 0 ? ExitCodes.Ok : ExitCodes.BadInput;
        });
        return command;
    }

    private static async Task WriteAsync(StabilityReport report, string? file, Terminal terminal, CancellationToken cancellation)
    {
        foreach (var warning in report.Warnings)
        {
            terminal.Note($"Warning: {warning}");
        }

        if (file is not null)
        {
            // Whole or not at all.
            var part = file + ".part";
            await File.WriteAllBytesAsync(part, file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? StabilityCsv.Of(report) : StabilityJson.Of(report), cancellation);
            File.Move(part, file, overwrite: true);
            terminal.Note($"Wrote {file}.");
        }

        if (terminal.Json)
        {
            terminal.Write(StabilityJson.Of(report));
        }
        else
        {
            StabilityView.Write(report, terminal, each: file is null);
        }
    }
}
