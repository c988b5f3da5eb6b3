namespace Radiomics.Extraction;

/// <summary>
/// Resampling as PyRadiomics has ITK do it: grids that begin at the same corner, the mask by its nearest voxel, the result as large as the ROI with some
/// padding. An image of whole numbers stays one: like ITK with integer voxels it drops what is behind the point.
/// </summary>
internal static class PyRadiomicsResampling
{
    private const double Tolerance = 1e-9;

    /// <summary>The box of the new grid that the frame takes.</summary>
    public static VoxelBox TargetOf(InterpolationGrid grid, VoxelBox roi, int padding)
    {
        var (x, sizeX) = Along(grid.X, roi.X, roi.SizeX, padding);
        var (y, sizeY) = Along(grid.Y, roi.Y, roi.SizeY, padding);
        var (z, sizeZ) = Along(grid.Z, roi.Z, roi.SizeZ, padding);
        return new(x, y, z, sizeX, sizeY, sizeZ);
    }

    /// <summary>Intensities and mask in the box <paramref name="target"/> of the new grid.</summary>
    public static (float[] Voxels, byte[] Mask) Resample(
        Volume image, RoiGrid roi, InterpolationGrid grid, VoxelBox target, ExtractionSettings settings, Normalisation? normalisation, int threads)
    {
        var voxels = settings.Resampling.Method == InterpolationMethod.LabelGaussian
            ? LabelInterpolator.Interpolate(image, grid, target, normalisation, CancellationToken.None)
            : new ImageChain(image, settings, grid, normalisation, threads).Process(target, null);
        var mask = RoiInterpolator.Interpolate(roi.Mask, roi.Box, grid, settings.Resampling, target, threads);
        if (normalisation is null && IsWhole(image.Voxels))
        {
            foreach (ref var voxel in voxels.AsSpan())
            {
                voxel = MathF.Truncate(voxel);
            }
        }

        ClearOutside(grid, target, voxels, mask);
        return (voxels, mask);
    }

    private static (int First, int Size) Along(GridAxis axis, int start, int size, int padding)
    {
        var ratio = 1 / axis.Step;
        var first = Math.Max(0, (int)Math.Floor((start - 0.5) * ratio - padding + Tolerance));
        var last = Math.Min((int)Math.Ceiling(axis.OldSize * ratio - Tolerance) - 1, (int)Math.Ceiling((start + size - 0.5) * ratio + padding - Tolerance));
        return (first, last - first + 1);
    }

    private static bool IsWhole(ReadOnlySpan<float> voxels)
    {
        foreach (var voxel in voxels)
        {
            if (voxel != MathF.Truncate(voxel))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>New voxels whose center lies outside the image, of which there may be one layer, are 0.</summary>
    private static void ClearOutside(InterpolationGrid grid, VoxelBox target, float[] voxels, byte[] mask)
    {
        for (var z = 0; z < target.SizeZ; z++)
        {
            for (var y = 0; y < target.SizeY; y++)
            {
                var row = (z * target.SizeY + y) * target.SizeX;
                var isOutside = IsOutside(grid.Z, target.Z + z) || IsOutside(grid.Y, target.Y + y);
                var first = isOutside ? 0 : target.SizeX;
                while (first > 0 && !isOutside && IsOutside(grid.X, target.X + first - 1))
                {
                    first--;
                }

                voxels.AsSpan(row + first, target.SizeX - first).Clear();
                mask.AsSpan(row + first, target.SizeX - first).Clear();
            }
        }
    }

    private static bool IsOutside(GridAxis axis, int index) => axis.Start + index * axis.Step >= axis.OldSize - 0.5 + Tolerance;
}
