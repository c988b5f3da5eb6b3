using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// A region drawn as planar contours (RTSTRUCT, PS3.3 C.8.8.6). Each plane stands for the slab halfway to its neighbors. Contours of one
/// plane unite; one wholly inside another is a hole in it (<see cref="ContourNesting"/>). CLOSEDPLANAR_XOR ones exclude each other where they
/// overlap.
/// </summary>
/// <param name="contours">The contours.</param>
/// <param name="mostVoxels">Voxels that a grid in the contours' own planes may have.</param>
internal sealed class ContourRegion(IReadOnlyList<Contour> contours, int mostVoxels = VoxelLimit.Most) : IRegion
{
    private const double ParallelCosine = 0.9995;

    /// <summary>Twice the area that a contour must enclose to have a normal, mm²; of less, rounding decides.</summary>
    private const double SmallestArea = 1e-6;

    private const int MostParts = 256;

    private (Point3 Normal, IReadOnlyList<ContourPlane> Planes) _last = (Point3.Zero, []);

    /// <inheritdoc/>
    public Mask OnGrid(VolumeGeometry grid)
    {
        if (Normal() is not { } normal)
        {
            return new Mask(grid, new byte[grid.Count]);
        }

        return Math.Abs(normal.Dot(grid.DirectionZ)) > ParallelCosine
            ? InSlices(grid)
            : MaskResampler.Resample(InSlices(OwnGrid(normal, grid)), grid);
    }

    /// <inheritdoc/>
    public double ShareOutside(VolumeGeometry grid) =>
        Normal() is not { } normal || contours.SelectMany(contour => contour.Points).All(point => IsWithin(grid.ToIndex(point), grid))
            ? 0
            : new MaskRegion(InSlices(OwnGrid(normal, grid))).ShareOutside(grid);

    /// <inheritdoc/>
    public bool IsSameAs(IRegion other) => other is ContourRegion another && Keys().SequenceEqual(another.Keys(), StringComparer.Ordinal);

    private static bool IsWithin(Point3 index, VolumeGeometry grid) =>
        index.X >= -0.5 && index.X <= grid.SizeX - 0.5
        && index.Y >= -0.5 && index.Y <= grid.SizeY - 0.5
        && index.Z >= -0.5 && index.Z <= grid.SizeZ - 0.5;

    /// <summary>The contours as text, in an order that doesn't hang on that of the file.</summary>
    private IEnumerable<string> Keys() => contours
        .Select(contour => string.Create(
            CultureInfo.InvariantCulture,
            $"{contour.IsXor}:{string.Join(';', contour.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:F4} {point.Y:F4} {point.Z:F4}")))}"))
        .Order(StringComparer.Ordinal);

    /// <summary>Normal of the largest contour; null if none encloses anything.</summary>
    private Point3? Normal() =>
        contours.Select(contour => contour.AreaVector()).MaxBy(area => area.Length) is { Length: > SmallestArea } largest ? largest.Normalized() : null;

    /// <summary>Fills slice by slice; the contours lie in planes parallel to the slices.</summary>
    private Mask InSlices(VolumeGeometry grid)
    {
        var voxels = new byte[grid.Count];
        var area = grid.SizeX * grid.SizeY;
        var planes = PlanesAlong(grid.DirectionZ);
        var spacing = ContourPlane.SpacingOf(planes, ifSingle: grid.SpacingZ);
        var parts = Math.Clamp((int)Math.Round(grid.SpacingZ / spacing), 1, MostParts);
        var (inside, plain) = (new int[area], new byte[area]);
        for (var k = 0; k < grid.SizeZ; k++)
        {
            Array.Clear(inside);
            for (var part = 0; part < parts; part++)
            {
                var offset = grid.ToPatient(0, 0, k + ((part + 0.5) / parts) - 0.5).Dot(grid.DirectionZ);
                if (PlaneAt(planes, offset, spacing) is { } plane)
                {
                    AddInside(plane, grid, plain, inside);
                }
            }

            for (var i = 0; i < area; i++)
            {
                voxels[k * area + i] = (byte)(2 * inside[i] >= parts ? 1 : 0);
            }
        }

        return new Mask(grid, voxels);
    }

    private static void AddInside(ContourPlane plane, VolumeGeometry grid, byte[] plain, int[] inside)
    {
        if (plane.Contours.Any(contour => contour.IsXor))
        {
            PolygonFill.AddInside(plane.Contours.Select(contour => ToPixels(contour, grid)), grid.SizeX, grid.SizeY, inside);
            return;
        }

        Array.Clear(plain);
        foreach (var (contour, depth) in plane.Nested)
        {
            PolygonFill.Paint(ToPixels(contour, grid), grid.SizeX, grid.SizeY, (byte)(1 - (depth % 2)), plain);
        }

        for (var i = 0; i < plain.Length; i++)
        {
            inside[i] += plain[i];
        }
    }

    private IReadOnlyList<ContourPlane> PlanesAlong(Point3 normal)
    {
        if (_last.Normal != normal)
        {
            _last = (normal, ContourPlane.Group(contours
                .Where(contour => IsInPlane(contour, normal))
                .Select(contour => (contour.OffsetAlong(normal), contour)), normal));
        }

        return _last.Planes;
    }

    private static bool IsInPlane(Contour contour, Point3 normal)
    {
        var area = contour.AreaVector();
        return area.Length > 0 && Math.Abs(area.Dot(normal)) >= ParallelCosine * area.Length;
    }

    /// <summary>The plane whose slab holds <paramref name="offset"/>: half-open, so that two slabs never share a slice.</summary>
    private static ContourPlane? PlaneAt(IReadOnlyList<ContourPlane> planes, double offset, double spacing)
    {
        const double rounding = 1e-3;
        var nearest = planes.MinBy(plane => Math.Abs(plane.Offset - offset + rounding));
        var distance = nearest?.Offset - offset + rounding;
        return distance > -spacing / 2 && distance <= spacing / 2 ? nearest : null;
    }

    private static (double X, double Y)[] ToPixels(Contour contour, VolumeGeometry grid) =>
        [.. contour.Points.Select(grid.ToIndex).Select(index => (index.X, index.Y))];

    /// <summary>A grid in the contours' own planes, as fine as the finest spacing of the grid that is asked for.</summary>
    /// <exception cref="RadiomicsException"><c>RoiUnreadable</c>: it would have more voxels than it may.</exception>
    private VolumeGeometry OwnGrid(Point3 normal, VolumeGeometry target)
    {
        var x = normal.Cross(Math.Abs(normal.X) < 0.9 ? new Point3(1, 0, 0) : new Point3(0, 1, 0)).Normalized();
        var y = normal.Cross(x);
        var planes = PlanesAlong(normal);
        var spacing = Math.Min(target.SpacingX, Math.Min(target.SpacingY, target.SpacingZ));
        var slices = ContourPlane.SpacingOf(planes, ifSingle: Math.Max(target.SpacingX, Math.Max(target.SpacingY, target.SpacingZ)));
        var points = planes.SelectMany(plane => plane.Contours).SelectMany(contour => contour.Points).ToArray();
        var (left, right) = (points.Min(point => point.Dot(x)), points.Max(point => point.Dot(x)));
        var (top, bottom) = (points.Min(point => point.Dot(y)), points.Max(point => point.Dot(y)));
        var (sizeX, sizeY) = (Math.Floor((right - left) / spacing) + 2, Math.Floor((bottom - top) / spacing) + 2);
        var sizeZ = Math.Round((planes[^1].Offset - planes[0].Offset) / slices) + 1;
        if (!VoxelLimit.Holds(sizeX, sizeY, sizeZ, mostVoxels))
        {
            throw new RadiomicsException(
                "RoiUnreadable",
                $"The contours of the region of interest span more than {mostVoxels} voxels of the image's size. Check their points, and export them again.");
        }

        return new VolumeGeometry
        {
            SizeX = (int)sizeX,
            SizeY = (int)sizeY,
            SizeZ = (int)sizeZ,
            SpacingX = spacing,
            SpacingY = spacing,
            SpacingZ = slices,
            Origin = x * left + y * top + normal * planes[0].Offset,
            DirectionX = x,
            DirectionY = y,
            DirectionZ = normal,
        };
    }
}
