using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A stack that may become a sequence, and what decides whether it does.</summary>
internal sealed record SequenceCandidate
{
    /// <summary>Corrections after which radiologists read and outline images: of distortion, of the coils' sensitivity.</summary>
    private static readonly string[] _corrections = ["DIS2D", "DIS3D", "NORM"];

    public required SliceStack Stack { get; init; }

    /// <summary>Which stack of its series it is, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Index of the rule that named it; null if none did.</summary>
    public required int? Rule { get; init; }

    /// <summary>Why it is none of the sequences; null if nothing excludes it.</summary>
    public required string? Exclusion { get; init; }

    public required VolumeGeometry? Geometry { get; init; }

    /// <summary>Why it makes no grid; null if it does.</summary>
    public required RadiomicsException? Fault { get; init; }

    public required bool IsPostContrast { get; init; }

    public required bool IsFatSaturated { get; init; }

    /// <summary>Part of the region that lies in it; null where that isn't known or wasn't asked.</summary>
    public double? RoiShare { get; init; }

    /// <summary>Whether images of it are known to be missing, or to be of no use; false where that wasn't asked.</summary>
    public bool LacksImages { get; init; }

    /// <summary>Whether it can be a volume once it is complete: a gap may be filled, a shear or headers that say nothing of the pixels can't.</summary>
    public bool IsUsable => (Fault is null || Fault.Code == "SliceMissing") && !Stack.Slices.All(slice => slice.Fault is not null);

    public bool IsOriginal => Stack.First.ImageType is ["ORIGINAL", ..];

    public int Corrections => _corrections.Count(correction => Stack.First.ImageType.Contains(correction));

    public long Voxels => (long)Stack.Slices.Count * Stack.First.Rows * Stack.First.Columns;

    /// <summary>
    /// How much it covers, in steps: all of the region, or tenths of it; where the region isn't known, of the body, by powers of 1.25 of its
    /// size. 0 for one with a gap, without images that it should have, or with slices that can't be read.
    /// </summary>
    public int Coverage => Fault is not null || Geometry is null || LacksImages || Stack.Slices.Any(slice => slice.Fault is not null) ? 0
        : RoiShare is { } share ? share >= 1 - SequenceCompleteness.MostOutside ? 11 : (int)(share * 10) + 1
        : (int)(Math.Log(Geometry.Count * Geometry.VoxelVolume) / Math.Log(1.25));

    /// <summary>The stack of <paramref name="number"/> in its series, under <paramref name="rules"/>.</summary>
    public static SequenceCandidate Of(SliceStack stack, int number, double? tesla, IngestRules rules)
    {
        VolumeGeometry? geometry = null;
        RadiomicsException? fault = null;
        try
        {
            geometry = StackGeometry.Build(stack.Slices).Geometry;
        }
        catch (RadiomicsException e)
        {
            fault = e;
        }

        var (rule, exclusion) = SequenceClassifier.Classify(stack, tesla, rules);
        return new SequenceCandidate
        {
            Stack = stack,
            Number = number,
            Rule = rule,
            Exclusion = exclusion,
            Geometry = geometry,
            Fault = fault,
            IsPostContrast = ContrastAgent.IsGivenBefore(stack),
            IsFatSaturated = FatSaturation.Of(stack),
        };
    }

    /// <summary>Whether it may be read in place of <paramref name="other"/>: what would give way for agent, saturation or diffusion may not.</summary>
    public bool MayReplace(SequenceCandidate other) =>
        IsUsable
        && (other.IsPostContrast || !IsPostContrast)
        && (other.IsFatSaturated || !IsFatSaturated)
        && (other.Stack.IsDiffusion || !Stack.IsDiffusion);

    /// <summary>Why <paramref name="other"/> was taken and not this one, if anything that matters says so.</summary>
    public SelectionOutcome LostTo(SequenceCandidate other)
    {
        if (!IsUsable && other.IsUsable)
        {
            return SelectionOutcome.Unusable;
        }

        return Rule != other.Rule ? SelectionOutcome.LaterRule
            : IsPostContrast != other.IsPostContrast ? SelectionOutcome.PostContrast
            : IsFatSaturated != other.IsFatSaturated ? SelectionOutcome.FatSaturated
            : Stack.IsDiffusion != other.Stack.IsDiffusion ? SelectionOutcome.Diffusion
            : Coverage != other.Coverage ? SelectionOutcome.CoversLess
            : IsOriginal != other.IsOriginal || Corrections != other.Corrections ? SelectionOutcome.Derived
            : Stack.Series.SeriesUid == other.Stack.Series.SeriesUid && !(IsPostContrast && Stack.Phases > 1) ? SelectionOutcome.LaterPhase
            : SelectionOutcome.Equal;
    }

    /// <summary>Candidates of one name, the one to be taken first.</summary>
    public static IReadOnlyList<SequenceCandidate> Ranked(IEnumerable<SequenceCandidate> candidates) =>
    [
        .. candidates
            .OrderByDescending(candidate => candidate.IsUsable)
            .ThenBy(candidate => candidate.Rule)
            .ThenBy(candidate => candidate.IsPostContrast)
            .ThenBy(candidate => candidate.IsFatSaturated)
            .ThenBy(candidate => candidate.Stack.IsDiffusion)
            .ThenByDescending(candidate => candidate.Coverage)
            .ThenByDescending(candidate => candidate.IsOriginal)
            .ThenByDescending(candidate => candidate.Corrections)
            .ThenBy(candidate => candidate.Stack.First.EchoTime)
            .ThenBy(candidate => candidate.Stack.Phase)
            .ThenByDescending(candidate => candidate.Voxels)
            .ThenBy(candidate => candidate.Stack.Series.SeriesNumber)
            .ThenBy(candidate => candidate.Stack.First.Entry)
            .ThenBy(candidate => candidate.Stack.First.Frame),
    ];
}
