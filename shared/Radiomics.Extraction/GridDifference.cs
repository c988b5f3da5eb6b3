using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>What parts two grids, in words.</summary>
internal static class GridDifference
{
    /// <summary>The error of a region (or whatever <paramref name="what"/> is) that lies on another grid than the image.</summary>
    /// <param name="image">The image's grid.</param>
    /// <param name="other">The other grid.</param>
    /// <param name="what">What lies on it, e.g. <c>ROI</c>.</param>
    /// <param name="tolerance">By how many mm corners may lie apart.</param>
    public static RadiomicsException Error(VolumeGeometry image, VolumeGeometry other, string what, double tolerance)
    {
        // Where axes were only stored in another order, that isn't what parts the two.
        var ordered = GridOrder.Closest(other, image).Apply(other);
        var (at, distance) = FarthestCorner(image, ordered);
        var sizes = (ordered.SizeX, ordered.SizeY, ordered.SizeZ) == (image.SizeX, image.SizeY, image.SizeZ) ? "" : $"the image has {Size(image)} voxels, the {what} {Size(other)}; ";
        return new(
            "GridMismatch",
            $"Image and {what} lie on different grids: {sizes}at the image's corner ({at.I}, {at.J}, {at.K}) they lie {Number(distance)} mm apart, and {Number(tolerance)} mm are allowed. " +
            $"'--resample-mask' (in PyRadiomics' parameters: 'correctMask: true') lays the {what} onto the image's grid, if both show the same body in the same place.");
    }

    private static ((int I, int J, int K) At, double Distance) FarthestCorner(VolumeGeometry image, VolumeGeometry other)
    {
        var (at, most) = ((0, 0, 0), -1.0);
        for (var corner = 0; corner < 8; corner++)
        {
            var (x, y, z) = (corner & 1, (corner >> 1) & 1, corner >> 2);
            var mine = (x * (image.SizeX - 1), y * (image.SizeY - 1), z * (image.SizeZ - 1));
            var theirs = other.ToPatient(x * (other.SizeX - 1), y * (other.SizeY - 1), z * (other.SizeZ - 1));
            if ((image.ToPatient(mine.Item1, mine.Item2, mine.Item3) - theirs).Length is var distance && distance > most * (1 + 1e-9))
            {
                (at, most) = (mine, distance);
            }
        }

        return (at, most);
    }

    private static string Size(VolumeGeometry g) => string.Create(CultureInfo.InvariantCulture, $"{g.SizeX} × {g.SizeY} × {g.SizeZ}");

    private static string Number(double mm) => mm.ToString(mm < 0.1 ? "0.#####" : "0.##", CultureInfo.InvariantCulture);
}
