namespace Radiomics.Extraction;

/// <summary>An image's way through the chain, for any box of the new grid: clipping, smoothing where voxels become larger, interpolation, normalisation, rounding.</summary>
internal sealed class ImageChain(Volume image, ExtractionSettings settings, InterpolationGrid grid, Normalisation? normalisation, int threads)
{
    private readonly ImageBlock _image = ImageBlock.Whole(image);

    /// <summary>The new grid.</summary>
    public InterpolationGrid Grid => grid;

    /// <summary>Whether intensities on the image's own grid stay what they are.</summary>
    public bool LeavesIntensities => normalisation is null && settings.Rounding == IntensityRounding.None;

    /// <summary>The intensities of a box of the new grid; where <paramref name="mask"/> isn't null, only those inside it have a meaning.</summary>
    public Intensities Process(VoxelBox box, byte[]? mask)
    {
        Intensities voxels;
        if (grid.IsUnchanged)
        {
            voxels = box.CutFrom(_image.Voxels, _image.Box);
            voxels = LeavesIntensities ? voxels : voxels.Apart(_image.Voxels);
            normalisation?.Clip(voxels);
        }
        else
        {
            var source = normalisation is { Clips: true } clip ? Clipped(box, clip) : _image;
            if (settings.Resampling.AntiAliasing is { } beta)
            {
                source = AntiAliasing.Smoothed(source, ImageInterpolator.Source(grid, settings.Resampling.Method, box, _image.Voxels.Doubles is not null), grid, beta);
            }

            voxels = ImageInterpolator.Interpolate(source, grid, settings.Resampling.Method, box, mask, threads);
        }

        // Interpolation is linear and its weights add up to 1: shift and scale may as well come after it, on fewer voxels.
        normalisation?.Scale(voxels);
        if (settings.Rounding == IntensityRounding.NearestInteger)
        {
            Round(voxels);
        }

        return voxels;
    }

    /// <summary>All voxels of a box of the new grid with a margin.</summary>
    public SupportGrid Support(VoxelBox roi, VoxelMargin margin)
    {
        var box = InterpolationGrid.Checked(roi.Grow(margin, grid.Size));
        return new()
        {
            Spacing = grid.Spacing,
            Box = box,
            Offset = (roi.X - box.X, roi.Y - box.Y, roi.Z - box.Z),
            Intensities = Process(box, null),
        };
    }

    private ImageBlock Clipped(VoxelBox box, Normalisation clip)
    {
        var needed = ImageInterpolator.Source(grid, settings.Resampling.Method, box, _image.Voxels.Doubles is not null);
        needed = settings.Resampling.AntiAliasing is { } beta ? needed.Grow(AntiAliasing.Margin(grid, beta), (grid.X.OldSize, grid.Y.OldSize, grid.Z.OldSize)) : needed;
        var voxels = needed.CutFrom(_image.Voxels, _image.Box);
        voxels = voxels.Apart(_image.Voxels);
        clip.Clip(voxels);
        return new(voxels, needed);
    }

    private static void Round(Intensities voxels)
    {
        if (voxels.Doubles is { } doubles)
        {
            foreach (ref var voxel in doubles.AsSpan())
            {
                voxel = Math.Round(voxel);
            }

            return;
        }

        foreach (ref var voxel in voxels.Floats.AsSpan())
        {
            voxel = MathF.Round(voxel);
        }
    }
}
