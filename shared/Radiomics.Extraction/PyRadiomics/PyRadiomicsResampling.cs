namespace Radiomics.Extraction;

/// <summary>
/// Resampling as PyRadiomics has ITK do it: grids that begin at the same corner, the mask by its nearest voxel, the result as large as the ROI with some
/// padding. The result has the file's own type of voxels (<see cref="PixelType"/>): of integers, like ITK, what is beyond their range is clamped to it, and what is
/// behind the point is dropped.
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
    public static (Intensities Voxels, byte[] Mask) Resample(
        Volume image, RoiGrid roi, InterpolationGrid grid, VoxelBox target, ExtractionSettings settings, Normalisation? normalisation, ExtractionOptions options)
    {
        var voxels = settings.Resampling.Method == InterpolationMethod.LabelGaussian
            ? LabelInterpolator.Interpolate(image, grid, target, normalisation, options.Cancellation)
            : new ImageChain(image, settings, grid, normalisation, options.MaxThreads).Process(target, null);
        var mask = RoiInterpolator.Interpolate(roi.Mask, roi.Box, grid, settings.Resampling, target, options.MaxThreads);
        if (normalisation is null && image.PixelType.IsInteger())
        {
            Fit(voxels, image.PixelType);
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

    /// <summary>Makes integers of interpolated values as ITK does: clamped to the type's range, then cut off towards zero. What is no number stays so.</summary>
    private static void Fit(Intensities voxels, PixelType type)
    {
        var (lowest, highest) = type.Range();
        if (voxels.Doubles is { } doubles)
        {
            foreach (ref var voxel in doubles.AsSpan())
            {
                voxel = Math.Truncate(Math.Clamp(voxel, lowest, highest));
            }

            return;
        }

        foreach (ref var voxel in voxels.Floats.AsSpan())
        {
            voxel = (float)Math.Truncate(Math.Clamp(voxel, lowest, highest));
        }
    }

    /// <summary>New voxels whose center lies outside the image, of which there may be one layer, are 0.</summary>
    private static void ClearOutside(InterpolationGrid grid, VoxelBox target, Intensities voxels, byte[] mask)
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

                voxels.Clear(row + first, target.SizeX - first);
                mask.AsSpan(row + first, target.SizeX - first).Clear();
            }
        }
    }

    private static bool IsOutside(GridAxis axis, int index) => axis.Start + index * axis.Step >= axis.OldSize - 0.5 - Tolerance;
}
