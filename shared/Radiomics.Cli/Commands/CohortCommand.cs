using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Output;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics cohort</c>: checks and maps cohorts, without a service.</summary>
public static class CohortCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("cohort", "Checks and maps cohorts: CSV with studyUid, label and, if there are, split, patient and covariates.")
    {
        CreateCheck(host),
        CreateMap(host),
    };

    private static Command CreateCheck(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The cohort as CSV." };
        var command = new Command("check", "Says what is wrong with a cohort, by line. Whether its studies have been uploaded, only the service knows.") { file };
        host.Handle(command, (parsed, terminal, _) => Task.FromResult(Report(terminal, Read(parsed.GetRequiredValue(file)).Report)));
        return command;
    }

    private static Command CreateMap(CommandHost host)
    {
        var input = new Argument<string>("IN") { Description = "The cohort with the hospital's own UIDs and patient ids." };
        var output = new Argument<string>("OUT") { Description = "File for the cohort with mapped ones." };
        var center = new Option<string>("--center") { Description = "The center, e.g. A.", Required = true };
        var command = new Command(
            "map",
            "Maps a cohort's UIDs and patient ids as the service does, under the same secret: the setting Radiomics__UidKey, else this user's key file.")
        {
            input, output, center,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var (source, target) = (parsed.GetRequiredValue(input), parsed.GetRequiredValue(output));
            var reading = Read(source);
            if (reading.Report.Usable)
            {
                var mapped = CohortStore.Map(reading.Cohort, ServiceKey.Find(host), parsed.GetRequiredValue(center));
                await File.WriteAllBytesAsync(target, CohortFile.Write(mapped), cancellation);
            }

            return Report(terminal, reading.Report);
        });
        return command;
    }

    private static CohortReading Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"There is no file '{path}'.");
        }

        using var stream = File.OpenRead(path);
        return CohortFile.Read(stream);
    }

    private static int Report(Terminal terminal, CohortReport report)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(report);
        }
        else
        {
            CohortFindings.Write(report, terminal.WriteLine, terminal.Show);
        }

        if (report.Usable)
        {
            return ExitCodes.Ok;
        }

        terminal.WriteErrorLine("CohortInvalid", "The cohort has errors; the findings name the lines.");
        return ExitCodes.BadInput;
    }
}
