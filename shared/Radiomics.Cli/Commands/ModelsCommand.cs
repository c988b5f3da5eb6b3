using System.CommandLine;
using System.Globalization;
using Radiomics.Cli.Client;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics models</c>: makes the demonstration models of this repository.</summary>
public static class ModelsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var command = new Command("models", "Shows and moves the models that a center uses; makes the demonstration models.");
        foreach (var sub in ModelPointerCommands.Create(host))
        {
            command.Add(sub);
        }

        command.Add(ModelCardCommand.Create(host));
        command.Add(CreateTrainDemonstration(host));
        return command;
    }

    private static Command CreateTrainDemonstration(CommandHost host)
    {
        var output = new Option<string?>("--out")
        {
            Description = "Folder for the packages {center}-{fieldStrength}.zip; default: models/demonstration of the source tree.",
            HelpName = "FOLDER",
        };
        var count = new Option<int>("--count") { Description = "Phantoms per center and field strength.", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "Seed of the cohorts and of the training.", DefaultValueFactory = _ => 20250714 };
        var size = new Option<int>("--size") { Description = "Columns and rows of a phantom.", DefaultValueFactory = _ => 320 };
        var slices = new Option<int>("--slices") { Description = "Slices of a phantom.", DefaultValueFactory = _ => 72 };
        var command = new Command(
            "train-demonstration",
            "Trains the demonstration models of centers A and B on synthetic phantoms. The same options give the same bytes. Not for clinical use.")
        {
            output, count, seed, size, slices,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var folder = parsed.GetValue(output) ?? Path.Combine(
                RepositoryFolders.Root ?? throw new CommandException(ExitCodes.Usage, "Usage", "Outside the source tree --out is needed."),
                "models",
                "demonstration");
            Directory.CreateDirectory(folder);
            var profiles = ShippedProfiles.Read();
            var made = new List<(string File, ModelPackageBytes Package)>();
            foreach (var profile in profiles.Centers.Select(profiles.Get).Where(profile => profile.Models.Count > 0))
            {
                foreach (var (fieldStrength, sequence) in profile.Models.OrderByDescending(model => model.Key, StringComparer.Ordinal))
                {
                    var cohort = new DemonstrationCohort(profile, fieldStrength, sequence, parsed.GetValue(count), parsed.GetValue(seed))
                    {
                        SizeInPlane = parsed.GetValue(size),
                        Slices = parsed.GetValue(slices),
                    };
                    var package = cohort.Train(done => terminal.Note($"{profile.Center} {fieldStrength} {sequence}: {done}"), cancellation);
                    var file = Path.Combine(folder, $"{profile.Center}-{fieldStrength}.zip");
                    await File.WriteAllBytesAsync(file, package.Zip, cancellation);
                    made.Add((file, package));
                }
            }

            Report(terminal, made);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Report(Terminal terminal, List<(string File, ModelPackageBytes Package)> made)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { Models = made.Select(m => new { m.File, m.Package.Version, m.Package.Card }) });
            return;
        }

        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("center", "field", "sequence", "train", "test", "CV AUC", "test AUC", "test accuracy", "sensitivity", "specificity", "threshold", "version");
        foreach (var (_, package) in made)
        {
            var card = package.Card;
            string Number(double? value) => value?.ToString("F3", CultureInfo.InvariantCulture) ?? "–";
            table.AddRow(
                card.Center,
                card.FieldStrength,
                card.Sequence,
                $"{card.Cohort.Train.Cases} ({card.Cohort.Train.Positives} positive)",
                $"{card.Cohort.Test.Cases} ({card.Cohort.Test.Positives} positive)",
                Number(card.CvAuc),
                Number(card.Test?.Auc),
                Number(card.Test?.Accuracy),
                Number(card.Test?.Sensitivity),
                Number(card.Test?.Specificity),
                Number(card.Threshold),
                package.Version);
        }

        terminal.Show(table);
        terminal.WriteLine(ModelCard.DemonstrationNotice);
    }
}
