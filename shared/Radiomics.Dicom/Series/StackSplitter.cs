using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Parts a series into stacks. Scanners put several images of the same place into one series: both echoes of a dual-echo scan, the four
/// Dixon images,
/// the phases of a dynamic scan.
/// </summary>
internal static class StackSplitter
{
    private const double SamePosition = 1e-2;
    private const double SameDirection = 0.9995;

    /// <summary>Stacks of one series, in file order of their first slices.</summary>
    public static IReadOnlyList<SliceStack> Split(IReadOnlyList<InstanceHeader> series)
    {
        var stacks = new List<List<SliceHeader>>();
        foreach (var slice in series.SelectMany(instance => instance.Slices))
        {
            if (stacks.Find(stack => IsAlike(stack[0], slice)) is { } stack)
            {
                stack.Add(slice);
            }
            else
            {
                stacks.Add([slice]);
            }
        }

        return [.. stacks.SelectMany(SplitRepeats).Select(slices => new SliceStack(series[0], slices))];
    }

    /// <summary>Whether two slices of the stack lie at the same place.</summary>
    public static bool Repeats(IReadOnlyList<SliceHeader> slices)
    {
        var normal = slices[0].DirectionX.Cross(slices[0].DirectionY);
        var offsets = slices.Select(slice => slice.Position.Dot(normal)).Order().ToArray();
        for (var i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] - offsets[i - 1] < SamePosition)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAlike(SliceHeader a, SliceHeader b) =>
        a.Rows == b.Rows
        && a.Columns == b.Columns
        && Math.Abs(a.PixelSpacing.X - b.PixelSpacing.X) < 1e-3
        && Math.Abs(a.PixelSpacing.Y - b.PixelSpacing.Y) < 1e-3
        && IsParallel(a.DirectionX, b.DirectionX)
        && IsParallel(a.DirectionY, b.DirectionY)
        && (a.EchoTime is null) == (b.EchoTime is null)
        && Math.Abs((a.EchoTime ?? 0) - (b.EchoTime ?? 0)) < 0.05
        && a.ImageType.Skip(2).SequenceEqual(b.ImageType.Skip(2), StringComparer.Ordinal);

    private static bool IsParallel(Point3 a, Point3 b) => a.Dot(b) > SameDirection * a.Length * b.Length;

    private static IEnumerable<IReadOnlyList<SliceHeader>> SplitRepeats(List<SliceHeader> slices)
    {
        if (!Repeats(slices))
        {
            return [slices];
        }

        foreach (var number in (Func<SliceHeader, int?>[])[slice => slice.TemporalPosition, slice => slice.AcquisitionNumber])
        {
            var parts = slices.GroupBy(number).OrderBy(part => part.Key).Select(part => part.ToList()).ToArray();
            if (parts.Length > 1 && !parts.Any(Repeats))
            {
                return parts;
            }
        }

        return [slices];
    }
}
