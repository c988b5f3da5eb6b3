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
        Description = "NIfTI image (.nii, .nii.gz), or a DICOM study: a folder or a zip.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Argument<string?> Mask { get; } = new("MASK") { Description = "NIfTI mask, for a NIfTI image.", Arity = ArgumentArity.ZeroOrOne };

    public Option<string?> Settings { get; } = new("--settings")
    {
        Description = "Extraction settings: a shipped name or a JSON file. Default: the center's; liver-mri for NIfTI.",
        HelpName = "NAME|PATH",
    };

    public PyRadiomicsOptions PyRadiomics { get; } = new();

    public Option<int?> Label { get; } = new("--label") { Description = "Value of the ROI in the mask; default: any that isn't 0." };

    public Option<string?> ReferenceMask { get; } = new("--reference-mask")
    {
        Description = "NIfTI mask of the reference region, for settings that normalise by one.",
        HelpName = "PATH",
    };

    public Option<string> Center { get; } = new("--center")
    {
        Description = "Center whose profile says how the DICOM study is read.",
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

    /// <summary>Adds all of them to the command, with what they demand of each other.</summary>
    public void AddTo(Command command, CommandHost host)
    {
        command.Add(Image);
        command.Add(Mask);
        foreach (var option in (ReadOnlySpan<Option>)[Settings, PyRadiomics.Params, PyRadiomics.Naming, Label, ReferenceMask, Center, Profile, Case, Csv, Out, Threads])
        {
            command.Add(option);
        }

        command.Validators.Add(result => Validate(result, host));
        command.Validators.Add(result => PyRadiomics.Validate(result, Settings));
    }

    /// <summary>Whether a path is of a DICOM study.</summary>
    public static bool IsStudy(string path) => Directory.Exists(path) || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private void Validate(CommandResult result, CommandHost host)
    {
        var image = result.GetValue(Image);
        if (image is null)
        {
            result.AddError("IMAGE is missing.");
            return;
        }

        var isStudy = IsStudy(image);
        if (isStudy == result.GetValue(Mask) is not null)
        {
            result.AddError(isStudy ? "A DICOM study brings its own ROI; MASK is for a NIfTI image." : "A NIfTI image needs a MASK.");
        }

        if (result.GetValue(Csv) && result.GetValue(host.JsonOption))
        {
            result.AddError("--csv and --json exclude each other.");
        }

        if (result.GetValue(Threads) is < 1)
        {
            result.AddError("--threads must be at least 1.");
        }
    }
}
