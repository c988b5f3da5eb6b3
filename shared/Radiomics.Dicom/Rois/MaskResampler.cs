using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Lays a mask onto another grid through patient coordinates.</summary>
internal static class MaskResampler
{
    private const int MostSamples = 8;

    /// <summary>
    /// A voxel of <paramref name="target"/> is inside if at least half of it is: by its center where the target is as fine as the source,
    /// by a raster of
    /// samples as fine as the source where it is coarser.
    /// </summary>
    public static Mask Resample(Mask source, VolumeGeometry target)
    {
        if (source.Geometry.IsSameGridAs(target))
        {
            return new Mask(target, source.Voxels);
        }

        var voxels = new byte[target.Count];
        if (BoundsIn(target, source) is not { } bounds)
        {
            return new Mask(target, voxels);
        }

        var (nx, ny, nz) = Samples(source.Geometry, target);
        var needed = (nx * ny * nz + 1) / 2;
        Parallel.For(bounds.FromZ, bounds.ToZ + 1, k =>
        {
            for (var j = bounds.FromY; j <= bounds.ToY; j++)
            {
                for (var i = bounds.FromX; i <= bounds.ToX; i++)
                {
                    if (CountInside(source, target, i, j, k, nx, ny, nz) >= needed)
                    {
                        voxels[((k * target.SizeY) + j) * target.SizeX + i] = 1;
                    }
                }
            }
        });
        return new Mask(target, voxels);
    }

    private static int CountInside(Mask source, VolumeGeometry target, int i, int j, int k, int nx, int ny, int nz)
    {
        var grid = source.Geometry;
        var count = 0;
        for (var c = 0; c < nz; c++)
        {
            for (var b = 0; b < ny; b++)
            {
                for (var a = 0; a < nx; a++)
                {
                    var at = grid.ToIndex(target.ToPatient(i + Offset(a, nx), j + Offset(b, ny), k + Offset(c, nz)));
                    var (x, y, z) = (Nearest(at.X), Nearest(at.Y), Nearest(at.Z));
                    if ((uint)x < (uint)grid.SizeX && (uint)y < (uint)grid.SizeY && (uint)z < (uint)grid.SizeZ)
                    {
                        count += source.Voxels[((z * grid.SizeY) + y) * grid.SizeX + x];
                    }
                }
            }
        }

        return count;
    }

    /// <summary>Where sample <paramref name="n"/> of <paramref name="of"/> lies in a voxel, from -0.5 to 0.5.</summary>
    private static double Offset(int n, int of) => ((n + 0.5) / of) - 0.5;

    /// <summary>The voxel that holds an index; ties, give or take rounding, go up.</summary>
    private static int Nearest(double index) => (int)Math.Floor(index + 0.5 + 1e-6);

    private static (int X, int Y, int Z) Samples(VolumeGeometry source, VolumeGeometry target)
    {
        return (
            Along(target.DirectionX, target.SpacingX),
            Along(target.DirectionY, target.SpacingY),
            Along(target.DirectionZ, target.SpacingZ));

        int Along(Point3 direction, double spacing)
        {
            var step = direction * spacing;
            var sourceVoxels = Math.Max(
                Math.Abs(step.Dot(source.DirectionX)) / source.SpacingX,
                Math.Max(Math.Abs(step.Dot(source.DirectionY)) / source.SpacingY, Math.Abs(step.Dot(source.DirectionZ)) / source.SpacingZ));
            return Math.Clamp((int)Math.Ceiling(sourceVoxels - 1e-3), 1, MostSamples);
        }
    }

    /// <summary>The part of <paramref name="target"/> that the inside of <paramref name="source"/> can reach; null if none.</summary>
    private static (int FromX, int ToX, int FromY, int ToY, int FromZ, int ToZ)? BoundsIn(VolumeGeometry target, Mask source)
    {
        var inside = MaskBounds.Of(source);
        if (inside is not { } box)
        {
            return null;
        }

        var low = new Point3(double.MaxValue, double.MaxValue, double.MaxValue);
        var high = low * -1;
        for (var corner = 0; corner < 8; corner++)
        {
            var index = target.ToIndex(source.Geometry.ToPatient(
                (corner & 1) == 0 ? box.FromX - 0.5 : box.ToX + 0.5,
                (corner & 2) == 0 ? box.FromY - 0.5 : box.ToY + 0.5,
                (corner & 4) == 0 ? box.FromZ - 0.5 : box.ToZ + 0.5));
            low = new Point3(Math.Min(low.X, index.X), Math.Min(low.Y, index.Y), Math.Min(low.Z, index.Z));
            high = new Point3(Math.Max(high.X, index.X), Math.Max(high.Y, index.Y), Math.Max(high.Z, index.Z));
        }

        var result = (
            FromX: From(low.X), ToX: To(high.X, target.SizeX),
            FromY: From(low.Y), ToY: To(high.Y, target.SizeY),
            FromZ: From(low.Z), ToZ: To(high.Z, target.SizeZ));
        return result.FromX <= result.ToX && result.FromY <= result.ToY && result.FromZ <= result.ToZ ? result : null;

        static int From(double low) => Math.Max(0, (int)Math.Floor(low));
        static int To(double high, int size) => Math.Min(size - 1, (int)Math.Ceiling(high));
    }
}
