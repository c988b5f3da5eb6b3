using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Radiomics.Cli.Output;
using Radiomics.Cli.PyRadiomics;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Commands;

/// <summary><c>radiomics extract</c>: features without any service, from NIfTI or from a DICOM study.</summary>
public static class ExtractCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var image = new Argument<string>("IMAGE") { Description = "NIfTI image (.nii, .nii.gz), or a DICOM study: a folder or a zip." };
        var mask = new Argument<string?>("MASK") { Description = "NIfTI mask, for a NIfTI image.", Arity = ArgumentArity.ZeroOrOne };
        var settings = new Option<string?>("--settings")
        {
            Description = "Extraction settings: a shipped name or a JSON file. Default: the center's; liver-mri for NIfTI.",
            HelpName = "NAME|PATH",
        };
        var label = new Option<int?>("--label") { Description = "Value of the ROI in the mask; default: any that isn't 0." };
        var center = new Option<string>("--center")
        {
            Description = "Center whose profile says how the DICOM study is read.",
            DefaultValueFactory = _ => "research",
        };
        var profile = new Option<string?>("--profile") { Description = "A center profile as JSON file, instead of --center.", HelpName = "PATH" };
        var caseName = new Option<string?>("--case") { Description = "Name of the case in the CSV; default: the name of IMAGE." };
        var csv = new Option<bool>("--csv") { Description = "Write CSV: case, sequence, feature, value." };
        var output = new Option<string?>("--out") { Description = "File to write (JSON, or CSV with --csv or .csv) instead of standard output.", HelpName = "FILE" };
        var command = new Command("extract", "Extracts features from a NIfTI image and mask, or from a DICOM study with ROI; JSON, CSV, or a table.")
        {
            image, mask, settings, label, center, profile, caseName, csv, output,
        };
        var pyRadiomics = new PyRadiomicsOptions(command, settings);
        command.Validators.Add(result =>
        {
            var isStudy = IsStudy(result.GetValue(image) ?? "");
            if (isStudy == result.GetValue(mask) is not null)
            {
                result.AddError(isStudy ? "A DICOM study brings its own ROI; MASK is for a NIfTI image." : "A NIfTI image needs a MASK.");
            }

            if (result.GetValue(csv) && result.GetValue(host.JsonOption))
            {
                result.AddError("--csv and --json exclude each other.");
            }
        });
        host.Handle(command, async (parsed, terminal, cancellation) =>
        {
            var path = parsed.GetRequiredValue(image);
            var theirs = pyRadiomics.Chosen(parsed);
            var chosen = theirs?.Settings ?? (parsed.GetValue(settings) is { } named ? ExtractionSettingsFile.Load(named) : null);
            var name = parsed.GetValue(caseName) ?? CaseName(path);
            var report = IsStudy(path)
                ? FromStudy(path, Profile(parsed.GetValue(profile), parsed.GetRequiredValue(center)), chosen, name, terminal, cancellation)
                : await FromNiftiAsync(
                    path, parsed.GetValue(mask)!, parsed.GetValue(label) ?? theirs?.Label, chosen ?? ExtractionSettingsFile.Load("liver-mri"), name, cancellation);
            await report.WriteAsync(terminal, parsed.GetValue(csv), parsed.GetValue(output), cancellation);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<ExtractionReport> FromNiftiAsync(
        string imagePath, string maskPath, int? label, ExtractionSettings settings, string name, CancellationToken cancellation)
    {
        var imageBytes = await File.ReadAllBytesAsync(imagePath, cancellation);
        var maskBytes = await File.ReadAllBytesAsync(maskPath, cancellation);
        var image = NiftiFile.ReadVolume(new MemoryStream(imageBytes, writable: false));
        var mask = NiftiFile.ReadMask(new MemoryStream(maskBytes, writable: false), label);
        cancellation.ThrowIfCancellationRequested();
        var features = FeatureExtractor.Extract(image, mask, settings);
        return new ExtractionReport(name, null, [new ExtractedSequence("image", features, Hash(imageBytes), Hash(maskBytes))], []);
    }

    private static ExtractionReport FromStudy(
        string path, CenterProfile profile, ExtractionSettings? settings, string name, Terminal terminal, CancellationToken cancellation)
    {
        settings ??= ExtractionSettingsFile.Load(profile.Settings);

        // No UID leaves this command, so a key of the moment does.
        var key = new UidKey(RandomNumberGenerator.GetBytes(32));
        using var zip = File.Exists(path) ? File.OpenRead(path) : null;
        using var archive = zip is null ? null : new ZipStudySource(zip);
        var source = archive ?? (IStudySource)FolderStudySource.Create(path);
        var study = StudyReader.Read(source, profile.Ingest, key, new IngestRequest());
        var sequences = new List<ExtractedSequence>();
        foreach (var sequence in study.Sequences)
        {
            cancellation.ThrowIfCancellationRequested();
            terminal.Note($"{sequence.Name}: {sequence.RoiVolumeMl.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)} ml from {sequence.RoiSource}");
            sequences.Add(new ExtractedSequence(
                sequence.Name, FeatureExtractor.Extract(sequence.Volume, sequence.Roi, settings), Hash(sequence.Volume), Hash(sequence.Roi)));
        }

        return new ExtractionReport(name, study.FieldStrength, sequences, [.. study.Warnings]);
    }

    private static CenterProfile Profile(string? path, string center) => path is null
        ? new CenterProfiles(Path.Combine(AppContext.BaseDirectory, "models")).Get(center)
        : ReadProfile(path);

    private static CenterProfile ReadProfile(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CenterProfile>(File.ReadAllBytes(path), RadiomicsJson.Options)
                ?? throw new RadiomicsException("InvalidProfile", "The center profile is empty.");
        }
        catch (JsonException exception)
        {
            throw new RadiomicsException("InvalidProfile", $"The center profile can't be read at '{exception.Path ?? "$"}'.", exception);
        }
    }

    private static bool IsStudy(string path) => Directory.Exists(path) || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static string CaseName(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        return name.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase) ? name[..^7]
            : name.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? name[..^4]
            : name;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Hash(Volume volume)
    {
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, volume);
        return Hash(stream.ToArray());
    }

    private static string Hash(Mask mask)
    {
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, mask);
        return Hash(stream.ToArray());
    }
}
