using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>Grids from what headers of text say.</summary>
internal static class ImageGrid
{
    private const double Orthogonality = 1e-3;

    /// <summary>The grid of these sizes, steps from voxel to voxel and origin, in mm LPS; sizes of one or two axes are those of a single slice, one mm thick.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>.</exception>
    public static VolumeGeometry Of(string format, IReadOnlyList<long> sizes, IReadOnlyList<Point3> steps, Point3 origin)
    {
        var (all, count) = (new int[] { 1, 1, 1 }, 1L);
        for (var i = 0; i < sizes.Count; i++)
        {
            if (sizes[i] < 1 || sizes[i] > StoredImage.MostVoxels || (count *= sizes[i]) > StoredImage.MostVoxels)
            {
                throw ImageError.Of(format, sizes[i] < 1 ? "A dimension is empty." : "It has too many voxels.");
            }

            all[i] = (int)sizes[i];
        }

        var x = steps[0];
        var y = steps.Count > 1 ? steps[1] : Across(x);
        var z = steps.Count > 2 ? steps[2] : x.Normalized().Cross(y.Normalized());
        var geometry = new VolumeGeometry
        {
            SizeX = all[0],
            SizeY = all[1],
            SizeZ = all[2],
            SpacingX = Spacing(x),
            SpacingY = Spacing(y),
            SpacingZ = Spacing(z),
            Origin = origin,
            DirectionX = x.Normalized(),
            DirectionY = y.Normalized(),
            DirectionZ = z.Normalized(),
        };
        return IsUsable(geometry) ? geometry : throw ImageError.Of(format, "Its axes are not finite, not orthogonal, or of no length.");
    }

    /// <summary>Numbers of a line of text.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>.</exception>
    public static double[] Numbers(string format, string field, string text)
    {
        var parts = text.Split((char[])[' ', '\t', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(parts, part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ImageError.Of(format, $"Its '{field}' has no number where '{part}' stands."));
    }

    /// <summary>Whole numbers of a line of text.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>.</exception>
    public static long[] Integers(string format, string field, string text) =>
        Array.ConvertAll(Numbers(format, field, text), number =>
            number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53 ? (long)number : throw ImageError.Of(format, $"Its '{field}' has a number that isn't whole."));

    /// <summary>Lengths come back as they were written where the square root of a square would be a rounding away.</summary>
    private static double Spacing(Point3 step) =>
        (step.X, step.Y, step.Z) switch
        {
            (var x, 0, 0) => Math.Abs(x),
            (0, var y, 0) => Math.Abs(y),
            (0, 0, var z) => Math.Abs(z),
            _ => Tidied(step.Length),
        };

    /// <summary>3 of 2.9999999999999996, which is what a product of a spacing and a direction leaves.</summary>
    private static double Tidied(double length) => Math.Round(length, 12) is var tidy && Math.Abs(tidy - length) < 1e-14 * length ? tidy : length;

    private static Point3 Across(Point3 x) => (Math.Abs(x.Y) <= Math.Abs(x.X) ? new Point3(0, 0, 1).Cross(x) : x.Cross(new(0, 0, 1))).Normalized();

    private static bool IsUsable(VolumeGeometry g)
    {
        foreach (var value in (ReadOnlySpan<double>)[g.SpacingX, g.SpacingY, g.SpacingZ, g.Origin.X, g.Origin.Y, g.Origin.Z])
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return g is { SpacingX: > 0, SpacingY: > 0, SpacingZ: > 0 }
            && Math.Abs(g.DirectionX.Dot(g.DirectionY)) < Orthogonality
            && Math.Abs(g.DirectionY.Dot(g.DirectionZ)) < Orthogonality
            && Math.Abs(g.DirectionX.Dot(g.DirectionZ)) < Orthogonality;
    }
}
