using System.CommandLine;
using Radiomics.Cli.Experiment;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics experiment</c>: whole experiments on synthetic data.</summary>
public static class ExperimentCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("experiment", "Runs experiments on synthetic data.") { CreatePaper(host) };

    private static Command CreatePaper(CommandHost host)
    {
        var seed = new Option<int>("--seed") { Description = "Seed of patients, splits and training.", DefaultValueFactory = _ => 7 };
        var filters = new Option<bool>("--filters") { Description = "Features of filtered images (LoG, wavelet) too; takes much longer." };
        var patients = new Option<int>("--patients") { Description = "Patients in the four groups together.", DefaultValueFactory = _ => 360 };
        var size = new Option<int>("--size") { Description = "Voxels along each axis.", DefaultValueFactory = _ => 96 };
        var output = new Option<string?>("--out")
        {
            Description = "Folder for packages, cards, cohorts and features of each group.",
            HelpName = "FOLDER",
        };
        var protocols = new Option<string?>("--protocols")
        {
            Description = "Folder of the groups' protocols {center}-{fieldStrength}.json; default: those that come with the tool.",
            HelpName = "FOLDER",
        };
        AtLeast(patients, 160);
        AtLeast(size, 16);
        var command = new Command(
            "paper",
            "The paper's experiment (doi 10.3389/fmed.2025.1640625) on synthetic patients: which sequence predicts best for each center and field strength. The same options give the same result.")
        {
            seed, filters, patients, size, output, protocols,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var options = new PaperOptions
            {
                Seed = parsed.GetValue(seed),
                Patients = parsed.GetValue(patients),
                Size = parsed.GetValue(size),
                Settings = parsed.GetValue(filters) ? "liver-mri-3mm-filters" : "liver-mri-3mm",
                Protocols = parsed.GetValue(protocols) ?? PaperProtocol.ShippedFolder,
                Out = parsed.GetValue(output),
            };
            var progress = new PaperProgress(terminal);
            var result = await progress.RunAsync(() => new PaperExperiment(options, progress).Run(cancellation));
            if (terminal.Json)
            {
                terminal.WriteJson(result);
            }
            else
            {
                PaperTable.Write(terminal, result);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static void AtLeast(Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least)
        {
            result.AddError($"{option.Name} must be {least} at least.");
        }
    });
}
