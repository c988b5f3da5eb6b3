using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Whether all images of a sequence have come. A transfer that broke off, or images that can't be used, leave a volume that looks whole but
/// holds a part of the liver.
/// </summary>
/// <param name="instances">All objects of the upload, each once.</param>
/// <param name="copies">Images that are among them under other UIDs.</param>
/// <param name="leftOut">Images that are no part of any volume.</param>
/// <param name="stacks">All stacks of the study.</param>
internal sealed class SequenceCompleteness(
    IReadOnlyList<InstanceHeader> instances,
    IReadOnlyList<InstanceHeader> copies,
    IReadOnlyList<LeftOutImage> leftOut,
    IReadOnlyList<SliceStack> stacks)
{
    /// <summary>
    /// Part of a region that may lie outside: outlines are drawn on other grids and rounded there, and a liver's tip in the outermost slice is
    /// less.
    /// </summary>
    public const double MostOutside = 0.02;

    /// <summary>How far beyond the outer slices a voxel still counts as inside, slices: less than the half at which a missing slice starts.</summary>
    private const double OuterHalfSlice = 0.45;

    /// <summary>The grid with its outer slices widened by <see cref="OuterHalfSlice"/>: what coverage is measured against.</summary>
    public static VolumeGeometry Widened(VolumeGeometry grid)
    {
        var spacing = grid.SpacingZ * (grid.SizeZ + 2 * OuterHalfSlice) / grid.SizeZ;
        return grid with { SpacingZ = spacing, Origin = grid.ToPatient(0, 0, -0.5 - OuterHalfSlice) + grid.DirectionZ * (spacing / 2) };
    }

    /// <summary>Refuses a stack whose series has images of its kind that have no place.</summary>
    /// <exception cref="RadiomicsException"><c>SequenceIncomplete</c>.</exception>
    public void EnsurePlaced(NamedStack named)
    {
        if (SetAside(named.Stack) is > 0 and var unusable)
        {
            throw Incomplete(
                $"{unusable} of the {unusable + named.Stack.Slices.Count} images of {Label(named)} can't be used: their headers give no position, orientation, pixel spacing or size.");
        }
    }

    /// <summary>
    /// Whether images of the candidate's series and kind have no place, its headers state more than have come, or a series of the same acquisition has more
    /// between its slices.
    /// </summary>
    public bool LacksImages(SequenceCandidate candidate)
    {
        var stack = candidate.Stack;
        var own = ImagesOf(stack.Series);
        return SetAside(stack) > 0 || Missing(stack.Series, own) is not null || (candidate.Geometry is { } grid && MostBetween(stack, grid) > 0);
    }

    /// <summary>Refuses a stack from which images are missing.</summary>
    /// <param name="named">The stack.</param>
    /// <param name="roi">The region on its grid.</param>
    /// <param name="outside">Part of the region outside its <see cref="Widened"/> grid.</param>
    /// <param name="warnings">Gets what may be missing.</param>
    /// <exception cref="RadiomicsException"><c>SequenceIncomplete</c>.</exception>
    public void Ensure(NamedStack named, Mask roi, double outside, ICollection<string> warnings)
    {
        var series = named.Stack.Series;
        var own = ImagesOf(series);
        var label = Label(named);
        if (Missing(series, own) is var (stated, received))
        {
            throw Incomplete($"{stated - received} of {stated} images of {label} are missing: its headers state {stated}, the upload has {received}.");
        }

        if (InAcquisition(own) is { } inAcquisition && inAcquisition > Received(inAcquisition))
        {
            warnings.Add($"{label}: its headers state {inAcquisition} images in the acquisition, and the upload has {Received(inAcquisition)}; they were taken to be of other series.");
        }

        if (MostBetween(named.Stack, roi.Geometry) is > 0 and var between)
        {
            throw Incomplete($"{label} has {named.Stack.Slices.Count} images, and another series of the same acquisition has {between} more between them.");
        }

        if (outside > MostOutside)
        {
            var left = roi.CountInside();
            throw Incomplete(
                $"{outside * 100:0.#} % of the region of interest lies outside {label}: its {named.Stack.Slices.Count} images leave {left} of about {left / (1 - outside):0} voxels.");
        }

        if (Longest(named.Stack, roi) is > 0 and var more)
        {
            throw Incomplete($"{label} has {named.Stack.Slices.Count} images, another series of the same acquisition {more}, and the region of interest reaches its last slice.");
        }
    }

    /// <summary>Whether fewer objects have come than the study has by its own count, as a sentence; null if not, or if nothing states it.</summary>
    public string? Warning() => instances.Max(instance => instance.StudyInstances) is { } stated && stated > instances.Count + copies.Count
        ? $"The headers state {stated} objects in the study, and the upload has {instances.Count + copies.Count}."
        : null;

    private InstanceHeader[] ImagesOf(InstanceHeader series) =>
        [.. instances.Where(instance => instance.SeriesUid == series.SeriesUid && SopClasses.IsWanted(instance))];

    /// <summary>
    /// Images of the stack's series and kind that have no place. A series may hold several kinds, and an object without a place has no frames: their
    /// ImageType is compared.
    /// </summary>
    private int SetAside(SliceStack stack)
    {
        var kind = instances.First(instance => instance.Entry == stack.First.Entry).ImageType;
        return leftOut.Count(image =>
            image.Outcome == SelectionOutcome.NoPlace
            && image.Instance.SeriesUid == stack.Series.SeriesUid
            && (image.Frame?.MayBeOf(stack.First) ?? StackSplitter.AreOneKind(image.Instance.ImageType, kind)));
    }

    /// <summary>
    /// How many images the headers state for a series, and how many of them have come; null if none is known to be missing. An archive's own count includes
    /// copies under other UIDs. ImagesInAcquisition may also count what an acquisition spread over several series, of which some may not have been sent: it is
    /// taken for a series' own where another series of the study that states the same has just as many, or where it is no multiple of what the series has and
    /// all series that state it have fewer together, or more but no multiple.
    /// </summary>
    private (int Stated, int Received)? Missing(InstanceHeader series, InstanceHeader[] own)
    {
        var received = own.Length + copies.Count(copy => copy.SeriesUid == series.SeriesUid);
        if (own.Max(instance => instance.SeriesInstances) is { } inArchive && inArchive > received)
        {
            return (inArchive, received);
        }

        if (InAcquisition(own) is not { } stated)
        {
            return null;
        }

        var others = instances
            .Where(instance => SopClasses.IsWanted(instance) && instance.ImagesInAcquisition == stated && instance.SeriesUid != series.SeriesUid)
            .GroupBy(instance => instance.SeriesUid)
            .Select(group => group.Count())
            .ToArray();
        var together = others.Sum() + own.Length;
        return others.Contains(stated) || (stated % own.Length != 0 && (together < stated || together % stated != 0)) ? (stated, own.Length) : null;
    }

    /// <summary>ImagesInAcquisition where it is more than a series of single images has; null otherwise.</summary>
    private static int? InAcquisition(InstanceHeader[] own) =>
        own.Max(instance => instance.ImagesInAcquisition) is { } stated && stated > own.Length && !own.Any(instance => instance.Slices.Count > 1) ? stated : null;

    /// <summary>Images of the study whose headers state <paramref name="inAcquisition"/> of them.</summary>
    private int Received(int inAcquisition) => instances.Concat(copies).Count(instance => SopClasses.IsWanted(instance) && instance.ImagesInAcquisition == inAcquisition);

    /// <summary>
    /// Images of the longest stack that was acquired with this one (same raster, same timing) and goes on where the region reaches this one's
    /// end; 0 if there is none.
    /// </summary>
    private int Longest(SliceStack stack, Mask roi)
    {
        var grid = roi.Geometry;
        var area = grid.SizeX * grid.SizeY;
        var (first, last) = (roi.Voxels.AsSpan(0, area).Contains((byte)1), roi.Voxels.AsSpan(roi.Voxels.Length - area).Contains((byte)1));
        if (!first && !last)
        {
            return 0;
        }

        return stacks
            .Where(other => other.Slices.Count > stack.Slices.Count && IsOfOneAcquisition(stack.First, other.First, grid))
            .Where(other => other.Slices
                .Select(slice => grid.ToIndex(slice.Position))
                .Any(at => IsOnRaster(at) && ((first && at.Z is < -0.5 and > -1.5) || (last && at.Z > grid.SizeZ - 0.5 && at.Z < grid.SizeZ + 0.5))))
            .Select(other => other.Slices.Count)
            .DefaultIfEmpty()
            .Max();
    }

    /// <summary>
    /// Most slices that a stack that was acquired with this one has between its slices; 0 if none has. It shares at least half of this one's slices and fills
    /// half of its gaps: neither the same slab cut otherwise is meant, nor a slice out of place.
    /// </summary>
    private int MostBetween(SliceStack stack, VolumeGeometry grid) => stacks
        .Where(other => other != stack && IsOfOneAcquisition(stack.First, other.First, grid) && AreEquallyThick(stack.First, other.First))
        .Select(other =>
        {
            var places = other.Slices
                .Select(slice => grid.ToIndex(slice.Position))
                .Where(at => IsAbove(at) && at.Z > -0.1 && at.Z < grid.SizeZ - 0.9)
                .Select(at => at.Z)
                .ToArray();
            var between = places.Count(z => !IsWhole(z));
            return 2 * (places.Length - between) >= grid.SizeZ && 2 * between >= grid.SizeZ - 1 ? between : 0;
        })
        .DefaultIfEmpty()
        .Max();

    private static bool AreEquallyThick(SliceHeader a, SliceHeader b) =>
        a.SliceThickness is not { } own || b.SliceThickness is not { } other || Math.Abs(own - other) < 0.01 * own;

    private static bool IsOfOneAcquisition(SliceHeader a, SliceHeader b, VolumeGeometry grid) =>
        (a.Rows, a.Columns) == (b.Rows, b.Columns)
        && a.RepetitionTime == b.RepetitionTime
        && a.FlipAngle == b.FlipAngle
        && Math.Abs(a.PixelSpacing.X - b.PixelSpacing.X) < 1e-3
        && Math.Abs(a.PixelSpacing.Y - b.PixelSpacing.Y) < 1e-3
        && b.DirectionX.Dot(grid.DirectionX) > 0.9995
        && b.DirectionY.Dot(grid.DirectionY) > 0.9995;

    private static bool IsOnRaster(Point3 index) => IsAbove(index) && IsWhole(index.Z);

    /// <summary>Whether a slice's first voxel lies on the line through those of the grid's slices.</summary>
    private static bool IsAbove(Point3 index) => Math.Abs(index.X) < 0.1 && Math.Abs(index.Y) < 0.1;

    private static bool IsWhole(double index) => Math.Abs(index - Math.Round(index)) < 0.1;

    private static string Label(NamedStack named) => $"{named.Name} ({SeriesNumbers.Of([named.Stack.Series])})";

    private static RadiomicsException Incomplete(string what) => new("SequenceIncomplete", $"{what} Send the series again, complete.");
}
