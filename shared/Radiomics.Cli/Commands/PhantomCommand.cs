using System.CommandLine;
using Radiomics.Cli.Output;
using Radiomics.Dicom.Phantom;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics phantom</c>: writes a synthetic Dixon liver study as DICOM.</summary>
public static class PhantomCommand
{
    private const double FieldOfView = 384;
    private const double FieldOfViewZ = 216;

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var center = new Option<string>("--center") { Description = "Center whose protocol is simulated: A or B.", Required = true };
        var field = new Option<string>("--field") { Description = "Field strength: 3.0T or 1.5T.", Required = true };
        field.AcceptOnlyFromAmong("3.0T", "1.5T");
        var iron = new Option<double>("--iron") { Description = "Liver iron concentration, mg/g dry weight, 0 to 60.", Required = true };
        var seed = new Option<int>("--seed") { Description = "One seed is one patient.", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--out") { Description = "Folder to write into, or a file that ends in .zip.", Required = true, HelpName = "PATH" };
        var size = new Option<string>("--size")
        {
            Description = "Columns x rows x slices.",
            HelpName = "CxRxS",
            DefaultValueFactory = _ => "320x320x72",
        };
        size.Validators.Add(result =>
        {
            if (ParseSize(result.GetValueOrDefault<string>()) is null)
            {
                result.AddError("--size must be three numbers like 320x320x72.");
            }
        });
        var command = new Command("phantom", "Writes a synthetic liver study as DICOM: four Dixon sequences and the liver as SEG. The same options give the same files.")
        {
            center, field, iron, seed, output, size,
        };
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var (columns, rows, slices) = ParseSize(parsed.GetRequiredValue(size))!.Value;
            var settings = new PhantomSettings
            {
                Center = parsed.GetRequiredValue(center),
                FieldStrength = parsed.GetRequiredValue(field),
                LiverIronConcentration = parsed.GetRequiredValue(iron),
                Seed = parsed.GetValue(seed),
                Columns = columns,
                Rows = rows,
                Slices = slices,
                PixelSpacing = FieldOfView / columns,
                SliceSpacing = FieldOfViewZ / slices,
            };
            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            var volumes = LiverPhantom.Generate(settings);
            cancellation.ThrowIfCancellationRequested();
            await WriteAsync(volumes, settings, path);
            Report(terminal, settings, volumes, path);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task WriteAsync(PhantomVolumes volumes, PhantomSettings settings, string path)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            await PhantomStudyWriter.WriteAsync(volumes, settings, path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var zip = File.Create(path);
        await PhantomStudyWriter.WriteZipAsync(volumes, settings, zip);
    }

    private static void Report(Terminal terminal, PhantomSettings settings, PhantomVolumes volumes, string path)
    {
        var liver = volumes.Liver;
        var milliliters = liver.CountInside() * liver.Geometry.VoxelVolume / 1000;
        var sequences = volumes.Sequences.Keys.Order(StringComparer.Ordinal).ToArray();
        if (terminal.Json)
        {
            terminal.WriteJson(new
            {
                settings.Center,
                settings.FieldStrength,
                settings.LiverIronConcentration,
                settings.Seed,
                sequences,
                LiverVolumeMl = milliliters,
                Out = path,
            });
            return;
        }

        terminal.WriteLine(FormattableString.Invariant(
            $"{path}: center {settings.Center}, {settings.FieldStrength}, {settings.LiverIronConcentration} mg/g, {string.Join(", ", sequences)}; liver {milliliters:F0} ml"));
    }

    private static (int Columns, int Rows, int Slices)? ParseSize(string? text) =>
        text?.Split('x') is [var c, var r, var s] && int.TryParse(c, out var columns) && int.TryParse(r, out var rows) && int.TryParse(s, out var slices)
            && columns > 0 && rows > 0 && slices > 0
            ? (columns, rows, slices)
            : null;
}
