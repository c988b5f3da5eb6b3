using System.CommandLine;
using Radiomics.Cli.Client;
using Radiomics.Cli.Extract;
using Radiomics.Cli.Inspect;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics inspect</c>: what a study holds and what each center would do with it, without any service.</summary>
public static class InspectCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var path = new Argument<string>("PATH") { Description = "The study: a zip, a folder of DICOM files, or one DICOM file." };
        var center = new Option<string[]>("--center")
        {
            Description = "Center to ask; may be given again. Default: all that ship with the tool.",
            AllowMultipleArgumentsPerToken = true,
        };
        var profile = new Option<string?>("--profile") { Description = "A center profile as JSON file, instead of --center.", HelpName = "PATH" };
        var preview = new Option<string?>("--preview")
        {
            Description = "Draw three planes of each sequence, with the region's outline, as PNG files into a folder.",
            HelpName = "FOLDER",
        };
        var command = new Command(
            "inspect",
            "Shows a DICOM study: series, which sequence each is and by which rule, geometry, regions, and what each center would do; names no patient.")
        {
            path, center, profile, preview,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(profile) is not null && result.GetValue(center) is { Length: > 0 })
            {
                result.AddError("--profile and --center exclude each other.");
            }
        });
        host.Handle(command, (parsed, terminal, cancellation) =>
        {
            var profiles = Profiles(parsed.GetValue(profile), parsed.GetValue(center) ?? []);
            using var study = new LocalStudy(parsed.GetRequiredValue(path));
            var previews = parsed.GetValue(preview) is { } folder ? new PreviewFolder(folder) : null;
            var report = new StudyInspection(study.Source, previews).Run(profiles, cancellation);
            if (terminal.Json)
            {
                terminal.WriteJson(report);
            }
            else
            {
                InspectionTable.Write(report, terminal);
            }

            return Task.FromResult(ExitCodes.Ok);
        });
        return command;
    }

    private static IReadOnlyList<CenterProfile> Profiles(string? path, string[] centers)
    {
        if (path is not null)
        {
            return [StudyExtraction.Profile(path, "")];
        }

        var shipped = ShippedProfiles.Read();
        return [.. (centers.Length > 0 ? centers : shipped.Centers).Select(shipped.Get)];
    }
}
