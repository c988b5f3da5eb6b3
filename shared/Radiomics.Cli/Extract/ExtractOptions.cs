using System.CommandLine;
using System.CommandLine.Parsing;
using Radiomics.Cli.Output;
using Radiomics.Cli.PyRadiomics;

namespace Radiomics.Cli.Extract;

/// <summary>Arguments and options of <c>radiomics extract</c>.</summary>
internal sealed class ExtractOptions
{
    public Argument<string?> Image { get; } = new("IMAGE")
    {
        Description = "Image: NIfTI (.nii, .nii.gz, .hdr with .img), NRRD (.nrrd, .nhdr) or MetaImage (.mha, .mhd); or a DICOM study: a folder or a zip.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Argument<string?> Mask { get; } = new("MASK") { Description = "Mask, for an image that isn't DICOM; of any of these formats. Axes may be stored in another order than the image's.", Arity = ArgumentArity.ZeroOrOne };

    public Option<string?> Settings { get; } = new("--settings")
    {
        Description = "Extraction settings: a shipped name or a JSON file. Default: the center's; liver-mri for an image with a mask.",
        HelpName = "NAME|PATH",
    };

    public PyRadiomicsOptions PyRadiomics { get; } = new();

    public CaseOptions Files { get; } = new();

    public Option<string> Center { get; } = new("--center")
    {
        Description = "Center whose profile says how the DICOM study is read: research (any MR), research-ct (Hounsfield units), research-pet (SUV by body weight), or a center's own.",
        DefaultValueFactory = _ => "research",
    };

    public Option<string?> Profile { get; } = new("--profile") { Description = "A center profile as JSON file, instead of --center.", HelpName = "PATH" };

    public Option<string?> Case { get; } = new("--case") { Description = "Name of the case in the CSV; default: the name of IMAGE." };

    public Option<bool> Csv { get; } = new("--csv") { Description = "Write CSV: case, sequence, feature, value." };

    public Option<string?> Out { get; } = new("--out")
    {
        Description = "File to write (JSON, or CSV with --csv or .csv) instead of standard output.",
        HelpName = "FILE",
    };

    public Option<int?> Threads { get; } = new("--threads") { Description = "Most threads at a time; the values don't depend on it. Default: all cores." };

    public Option<string?> Preview { get; } = new("--preview")
    {
        Description = "Draw the three planes through the ROI's center, with its outline, into a PNG file.",
        HelpName = "FILE",
    };

    public Option<string?> WriteMaps { get; } = new("--write-maps")
    {
        Description = "Write processed image, masks, response maps and the feature maps of a voxelSetting (--params) as NIfTI into a new or empty folder; " +
            "of several cases, labels or sequences each has a folder in it.",
        HelpName = "FOLDER",
    };

    public Option<double?> MapsMargin { get; } = new("--maps-margin")
    {
        Description = "With --write-maps: only what lies within so many millimetres of the ROI's box. Default: the whole image.",
        HelpName = "MM",
    };

    public Option<string?> Batch { get; } = new("--batch")
    {
        Description = "Extract many cases: a CSV with the columns case (or ID), image, mask and, if need be, label, volume, mask_volume and reference_mask; PyRadiomics' is one. " +
            "Needs --out (.csv or .jsonl). A case that can't be used gets a row with its error; the exit code is then 3.",
        HelpName = "FILE",
    };

    public Option<int?> Jobs { get; } = new("--jobs") { Description = "Cases at a time, with --batch; the output doesn't depend on it. Default: all cores." };

    public Option<bool> Resume { get; } = new("--resume")
    {
        Description = "With --batch: go on with an output file; rows of the same settings, engine and inputs stay.",
    };

    /// <summary>Adds all of them to the command, with what they demand of each other.</summary>
    public void AddTo(Command command, CommandHost host)
    {
        command.Add(Image);
        command.Add(Mask);
        foreach (var option in (ReadOnlySpan<Option>)[Settings, PyRadiomics.Params, PyRadiomics.Naming, .. Files.All, Center, Profile, Case, Csv, Out, Threads, Preview, WriteMaps, MapsMargin, Files.MaxMemory, Batch, Jobs, Resume])
        {
            command.Add(option);
        }

        command.Validators.Add(result => Validate(result, host));
        command.Validators.Add(Files.Validate);
        command.Validators.Add(result => PyRadiomics.Validate(result, Settings));
    }

    /// <summary>Whether a path is of a DICOM study.</summary>
    public static bool IsStudy(string path) => Directory.Exists(path) || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private void Validate(CommandResult result, CommandHost host)
    {
        if (result.GetValue(Batch) is not null)
        {
            ValidateBatch(result);
        }
        else
        {
            ValidateCase(result, host);
        }

        if (result.GetValue(MapsMargin) is { } margin && (!(margin >= 0) || !double.IsFinite(margin) || result.GetValue(WriteMaps) is null))
        {
            result.AddError("--maps-margin goes with --write-maps and must be at least 0.");
        }

        if (result.GetValue(Threads) is < 1 || result.GetValue(Jobs) is < 1)
        {
            result.AddError("--threads and --jobs must be at least 1.");
        }
    }

    private void ValidateBatch(CommandResult result)
    {
        if (result.GetValue(Image) is not null || result.GetValue(Preview) is not null || result.GetValue(Csv) || result.GetValue(Threads) is not null)
        {
            result.AddError("--batch excludes IMAGE, MASK, --preview, --csv and --threads.");
        }

        if (result.GetValue(Out) is not { } output || !(output.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || output.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)))
        {
            result.AddError("--batch needs --out with a file that ends in .csv or .jsonl.");
        }
    }

    private void ValidateCase(CommandResult result, CommandHost host)
    {
        if (result.GetValue(Image) is not { } image)
        {
            result.AddError("IMAGE is missing.");
            return;
        }

        var isStudy = IsStudy(image);
        if (isStudy == result.GetValue(Mask) is not null)
        {
            result.AddError(isStudy ? "A DICOM study brings its own ROI; MASK is for an image of another format." : "An image needs a MASK.");
        }

        if (isStudy && result.GetValue(Preview) is not null)
        {
            result.AddError("--preview is for an image with a mask.");
        }

        if (isStudy && Files.All.Any(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError("--label, --resample-mask, --volume, --mask-volume and --reference-mask are for an image with a mask.");
        }

        if (result.GetValue(Preview) is not null && result.GetValue(Files.Label) is { } several && RoiLabels.TryParse(several, out var labels, out _) && labels.AreMany)
        {
            result.AddError("--preview draws one ROI: name its --label, or several as one (1+2).");
        }

        if (result.GetValue(Csv) && result.GetValue(host.JsonOption))
        {
            result.AddError("--csv and --json exclude each other.");
        }

        if (result.GetValue(Jobs) is not null || result.GetValue(Resume))
        {
            result.AddError("--jobs and --resume go with --batch.");
        }
    }
}
