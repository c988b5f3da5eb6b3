namespace Radiomics.Extraction;

/// <summary>What the processing chain leaves for the features: a morphological and an intensity mask on one grid, and the checks of each step.</summary>
internal sealed record ProcessedRoi
{
    /// <summary>Grid with the morphological mask.</summary>
    public required RoiGrid Morphological { get; init; }

    /// <summary>The same grid with the intensity mask.</summary>
    public required RoiGrid Intensity { get; init; }

    /// <summary>Intensities of the intensity mask, ascending.</summary>
    public required float[] SortedIntensities { get; init; }

    /// <summary>Checks by the reference tables' tags.</summary>
    public required IReadOnlyDictionary<string, double> Diagnostics { get; init; }

    /// <summary>Runs the chain: normalisation, interpolation, rounding, re-segmentation.</summary>
    public static ProcessedRoi From(Volume image, Mask roi, ExtractionSettings settings)
    {
        if (!image.Geometry.IsSameGridAs(roi.Geometry))
        {
            throw new RadiomicsException("GridMismatch", "Image and ROI lie on different grids; resample the ROI onto the image's grid first.");
        }

        var g = image.Geometry;
        var box = VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) ?? throw Empty("The ROI has no voxel inside.");
        var diagnostics = new RoiDiagnostics();
        var initial = RoiGrid.Cut(image, roi, box);
        diagnostics.AddImage("init_img", initial);
        diagnostics.AddRoi("init_roi", initial, initial, initial.Inside());

        var grid = settings.Resampling.Method == InterpolationMethod.None
            ? initial
            : LinearResampler.Resample(image, roi, box, settings.Resampling);
        if (Normalisation.Find(settings.Normalisation.Method, image, roi) is { } normalisation)
        {
            // Interpolation is linear and its weights add up to 1: it may as well come first, on fewer voxels.
            Change(grid, normalisation.Apply);
        }

        if (settings.Rounding == IntensityRounding.NearestInteger)
        {
            Change(grid, MathF.Round);
        }

        diagnostics.AddImage("interp_img", grid);
        var inside = grid.Inside();
        if (inside.Length == 0)
        {
            throw Empty("The ROI is so small that interpolation leaves nothing of it.");
        }

        diagnostics.AddRoi("interp_roi", grid, grid, inside);
        var intensity = grid with { Mask = ReSegmentation.Apply(grid, inside, settings.ReSegmentation) };
        var sorted = intensity.Inside();
        if (sorted.Length == 0)
        {
            throw Empty("No voxel of the ROI has an intensity within the re-segmentation range.");
        }

        diagnostics.AddRoi("reseg_roi", grid, intensity, sorted);
        Array.Sort(sorted);
        return new() { Morphological = grid, Intensity = intensity, SortedIntensities = sorted, Diagnostics = diagnostics.Values };
    }

    private static void Change(RoiGrid grid, Func<float, float> change)
    {
        for (var i = 0; i < grid.Mask.Length; i++)
        {
            if (grid.Mask[i] != 0)
            {
                grid.Intensities[i] = change(grid.Intensities[i]);
            }
        }
    }

    private static RadiomicsException Empty(string detail) => new("EmptyRoi", detail);
}
