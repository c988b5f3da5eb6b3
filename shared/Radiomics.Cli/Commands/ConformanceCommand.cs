using System.CommandLine;
using Radiomics.Cli.Conformance;
using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics conformance</c>: the engine beside the reference values of the Image Biomarker Standardisation Initiative.</summary>
public static class ConformanceCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder with IBSI's phantoms, reference tables and response maps: ibsi1/…, ibsi2/….",
            HelpName = "FOLDER",
            Required = true,
        };
        var pictures = new Option<string?>("--pictures")
        {
            Description = "Draw the middle slices of each phantom and its response map, as PNG files into a folder.",
            HelpName = "FOLDER",
        };
        var markdown = new Option<bool>("--markdown") { Description = "Print the tables as Markdown." };
        var threads = new Option<int>("--threads") { Description = "Most threads at a time; the values don't depend on it. Default: as many as there are processors.", HelpName = "N" };
        var command = new Command(
            "conformance",
            "Compares the engine with the reference values of IBSI-1 and IBSI-2: digital phantom, CT phantom, response maps and the features of filtered images. Exit code 1 if something doesn't conform.")
        {
            data, pictures, markdown, threads,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(markdown) && result.GetValue(host.JsonOption))
            {
                result.AddError("--markdown and --json exclude each other.");
            }
        });
        host.Handle(command, (parsed, terminal, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(data);
            if (!Directory.Exists(folder))
            {
                throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
            }

            var drawn = parsed.GetValue(pictures) is { } path ? new ResponsePictures(path) : null;
            var run = new ConformanceRun(new(folder), new() { MaxThreads = parsed.GetValue(threads), Cancellation = cancellation }) { OnMap = drawn is null ? null : drawn.Draw };
            var report = terminal.Interactive ? ScreenBar.Run(terminal, "IBSI", bar => Report(run, bar)) : Report(run, null);
            if (report.Groups.All(g => g.Compared == 0))
            {
                throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"The folder '{folder}' has nothing to compare with: {report.Groups[0].Missing}");
            }

            if (terminal.Json)
            {
                terminal.WriteJson(report);
            }
            else if (parsed.GetValue(markdown))
            {
                terminal.Write(ConformanceTable.Markdown(report));
            }
            else
            {
                ConformanceTable.Write(report, terminal);
            }

            return Task.FromResult(report.Conforms ? ExitCodes.Ok : ExitCodes.Failed);
        });
        return command;
    }

    private static ConformanceReport Report(ConformanceRun run, ScreenBar? bar)
    {
        var groups = new List<ConformanceGroup>();
        foreach (var group in run.Groups())
        {
            groups.Add(group);
            bar?.Report((double)groups.Count / ConformanceRun.Count, $"{group.Part} {group.Name}");
        }

        return new(groups);
    }
}
