using System.CommandLine;
using System.CommandLine.Parsing;
using Radiomics.Cli.PyRadiomics;

namespace Radiomics.Cli.Extract;

/// <summary>What commands that measure images with masks take in the same way: which volume, which ROI, and how much memory.</summary>
internal sealed class CaseOptions
{
    public Option<string?> Label { get; } = new("--label")
    {
        Description = "Label of the ROI in the mask, a number or the name in a .seg.nrrd; 1+2: both as one ROI; 1,2: one after the other; all: each that is there. " +
            "Default: whatever isn't 0. Values with fractions are cut, as ITK casts.",
        HelpName = "LABELS",
    };

    public Option<bool> ResampleMask { get; } = new("--resample-mask")
    {
        Description = "Lay masks that are on another grid onto the image's, by the nearest neighbour.",
    };

    public Option<int?> Volume { get; } = new("--volume") { Description = "Which volume of an image with several (4D), counted from 0.", HelpName = "N" };

    public Option<int?> MaskVolume { get; } = new("--mask-volume")
    {
        Description = "Which volume, or layer of a segmentation, of a mask with several, counted from 0.",
        HelpName = "N",
    };

    public Option<string?> ReferenceMask { get; } = new("--reference-mask")
    {
        Description = "Mask of the reference region, for settings that normalise by one.",
        HelpName = "PATH",
    };

    public Option<double?> MaxMemory { get; } = new("--max-memory")
    {
        Description = "Most memory that a case may take, GB: what would take more is refused before it begins. Default: what the machine or container has (with --jobs a share of it).",
        HelpName = "GB",
    };

    /// <summary>All of them but <see cref="MaxMemory"/>, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Label, ResampleMask, Volume, MaskVolume, ReferenceMask];

    /// <summary>The regions that are meant: those of <c>--label</c>, else <paramref name="otherwise"/>.</summary>
    public RoiLabels Labels(ParseResult parsed, int? otherwise) => parsed.GetValue(Label) is { } text ? RoiLabels.Parse(text) : otherwise;

    /// <summary>A case of the command line.</summary>
    public NiftiCase Case(ParseResult parsed, string image, string mask, PyRadiomicsParameters? theirs) =>
        Complete(parsed, theirs)(new NiftiCase(image, mask, Labels(parsed, theirs?.Label), parsed.GetValue(ReferenceMask)));

    /// <summary>Adds what the command line, or else a parameter file, says of all cases to one of a list.</summary>
    public Func<NiftiCase, NiftiCase> Complete(ParseResult parsed, PyRadiomicsParameters? theirs) => files => files with
    {
        Volume = files.Volume ?? parsed.GetValue(Volume),
        MaskVolume = files.MaskVolume ?? parsed.GetValue(MaskVolume) ?? theirs?.MaskVolume,
        ResampleMask = parsed.GetValue(ResampleMask),
    };

    /// <summary>Bytes of --max-memory; null without it.</summary>
    public long? MaxMemoryBytes(ParseResult parsed) => parsed.GetValue(MaxMemory) is { } gigabytes ? (long)Math.Min(gigabytes * (1L << 30), long.MaxValue / 2) : null;

    /// <summary>Bytes of which each of so many cases at a time has its share without --max-memory; null for one at a time, which has all.</summary>
    public static long? ShareOfMemory(int jobs) => jobs > 1 ? GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes / jobs : null;

    /// <summary>What each of them may be.</summary>
    public void Validate(CommandResult result)
    {
        if (result.GetValue(MaxMemory) is { } memory && !(memory > 0 && double.IsFinite(memory)))
        {
            result.AddError("--max-memory must be more than 0.");
        }

        if (result.GetValue(Label) is { } text && !RoiLabels.TryParse(text, out _, out var error))
        {
            result.AddError($"--label: {error}");
        }

        if (result.GetValue(Volume) is < 0 || result.GetValue(MaskVolume) is < 0)
        {
            result.AddError("--volume and --mask-volume are counted from 0.");
        }
    }
}
