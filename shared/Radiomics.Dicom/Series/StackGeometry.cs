using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Makes a voxel grid of a stack's slices: sorted along the normal, spacing from positions (PS3.3 C.7.6.2).</summary>
internal static class StackGeometry
{
    private const double OrthonormalTolerance = 1e-2;

    /// <summary>How far from the origin anything may lie, and how far apart, mm: a DS may be 1e300, and what is computed of it infinite.</summary>
    private const double Farthest = 1e5;

    /// <summary>Positions jitter by rounding and by table motion; a tenth of a slice is still the same slice.</summary>
    private const double GapTolerance = 0.1;

    /// <summary>
    /// Part of SliceThickness below which SpacingBetweenSlices isn't taken for the distance of slices: some writers put the gap there, and overlapping slices
    /// are reconstructed in many ways.
    /// </summary>
    private const double LeastStatedSpacing = 0.9;

    /// <summary>The grid, and the slices in the order of its z axis.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>SliceMissing</c>: a gap in otherwise regular slices, or regular gaps where the headers state none; <c>GeometryUnusable</c>: orientation not orthonormal, slices uneven,
    /// sheared or at one place, or more than <see cref="VoxelLimit.Most"/> voxels.
    /// </exception>
    public static (VolumeGeometry Geometry, IReadOnlyList<SliceHeader> Sorted) Build(IReadOnlyList<SliceHeader> slices)
    {
        var (x, y) = Orthonormal(slices[0]);
        var normal = x.Cross(y);
        EnsureHolds(slices);
        var sorted = slices.OrderBy(slice => slice.Position.Dot(normal)).ToArray();
        var origin = sorted[0].Position;
        var spacing = Spacing(sorted, normal);
        foreach (var slice in sorted)
        {
            var offset = slice.Position - origin;
            var inPlane = offset - normal * offset.Dot(normal);
            if (inPlane.Length > 0.5 * Math.Max(slice.PixelSpacing.X, slice.PixelSpacing.Y))
            {
                throw Unusable("Its slices are shifted against each other within their planes.");
            }
        }

        var geometry = new VolumeGeometry
        {
            SizeX = sorted[0].Columns,
            SizeY = sorted[0].Rows,
            SizeZ = sorted.Length,
            SpacingX = sorted[0].PixelSpacing.X,
            SpacingY = sorted[0].PixelSpacing.Y,
            SpacingZ = spacing,
            Origin = origin,
            DirectionX = x,
            DirectionY = y,
            DirectionZ = normal,
        };
        return (geometry, sorted);
    }

    /// <summary>Refuses slices that are too many or too large.</summary>
    /// <param name="slices">The slices.</param>
    /// <param name="most">Voxels that they may be.</param>
    /// <exception cref="RadiomicsException"><c>GeometryUnusable</c>: more than <paramref name="most"/> voxels, or farther than <see cref="Farthest"/>.</exception>
    public static void EnsureHolds(IReadOnlyList<SliceHeader> slices, int most = VoxelLimit.Most)
    {
        if (!VoxelLimit.Holds(slices[0].Columns, slices[0].Rows, slices.Count, most))
        {
            throw Unusable($"It has more than {most} voxels.");
        }

        if (!slices.All(slice => slice.Position.Length < Farthest && Math.Max(slice.PixelSpacing.X, slice.PixelSpacing.Y) < Farthest))
        {
            throw Unusable("Its positions or pixel spacings are larger than any scanner.");
        }
    }

    private static (Point3 X, Point3 Y) Orthonormal(SliceHeader slice)
    {
        var (x, y) = (slice.DirectionX, slice.DirectionY);
        if (Math.Abs(x.Length - 1) > OrthonormalTolerance || Math.Abs(y.Length - 1) > OrthonormalTolerance || Math.Abs(x.Dot(y)) > OrthonormalTolerance)
        {
            throw Unusable("Its ImageOrientationPatient is not two perpendicular unit vectors.");
        }

        x = x.Normalized();
        return (x, (y - x * x.Dot(y)).Normalized());
    }

    private static double Spacing(SliceHeader[] sorted, Point3 normal)
    {
        if (sorted.Length == 1)
        {
            return sorted[0].SpacingBetweenSlices is > 0 and < Farthest and var between ? between
                : sorted[0].SliceThickness is > 0 and < Farthest and var thickness ? thickness
                : 1;
        }

        var gaps = new double[sorted.Length - 1];
        for (var i = 0; i < gaps.Length; i++)
        {
            gaps[i] = (sorted[i + 1].Position - sorted[i].Position).Dot(normal);
        }

        var regular = gaps.Order().ElementAt((gaps.Length - 1) / 2);
        if (StackSplitter.Repeats(sorted))
        {
            throw Unusable("It has several slices at one place, and its headers don't say which belong together.");
        }

        foreach (var gap in gaps)
        {
            var multiple = Math.Round(gap / regular);
            if (multiple >= 2 && Math.Abs(gap - multiple * regular) <= GapTolerance * multiple * regular)
            {
                throw new RadiomicsException(
                    "SliceMissing",
                    $"A series has a gap of {gap:0.##} mm among slices {regular:0.##} mm apart: slices are missing. Send the series again, complete.");
            }

            if (Math.Abs(gap - regular) > GapTolerance * regular)
            {
                throw Unusable("Its slices are unevenly spaced.");
            }
        }

        EnsureAsStated(sorted, regular);
        return gaps.Average();
    }

    /// <summary>Every second slice missing leaves slices as regular as before: only what the headers say of their distance tells.</summary>
    private static void EnsureAsStated(SliceHeader[] sorted, double spacing)
    {
        if (sorted.Select(StatedSpacing).Max() is not { } stated)
        {
            return;
        }

        var multiple = Math.Round(spacing / stated);
        if (multiple >= 2 && Math.Abs(spacing - multiple * stated) <= GapTolerance * stated)
        {
            var (missing, all) = ((sorted.Length - 1) * (multiple - 1), (sorted.Length - 1) * multiple + 1);
            throw new RadiomicsException(
                "SliceMissing",
                $"The slices of a series lie {spacing:0.##} mm apart, and its headers state {stated:0.##} mm: {missing} of {all} slices are missing. Send the series again, complete.");
        }
    }

    /// <summary>
    /// How far apart the scanner made the slices, mm: SpacingBetweenSlices, or the thickness of slices that were cut of one excited slab, which leave no gaps.
    /// Null if neither says.
    /// </summary>
    private static double? StatedSpacing(SliceHeader slice) => slice switch
    {
        { SpacingBetweenSlices: > 0 and < Farthest and var between } when between >= LeastStatedSpacing * (slice.SliceThickness ?? 0) => between,
        { SpacingBetweenSlices: null or 0, IsOfSlab: true, SliceThickness: > 0 and < Farthest and var thickness } => thickness,
        _ => null,
    };

    private static RadiomicsException Unusable(string why) =>
        new("GeometryUnusable", $"A series can't be made into a volume. {why} Send the series as acquired.");
}
