namespace Radiomics.Extraction;

/// <summary>What the processing chain leaves for the features: a morphological and an intensity mask on one grid, and the checks of each step.</summary>
internal sealed class ProcessedRoi
{
    private BorderDistances? _borderDistances;

    /// <summary>Grid with the morphological mask.</summary>
    public required RoiGrid Morphological { get; init; }

    /// <summary>The same grid with the intensity mask.</summary>
    public required RoiGrid Intensity { get; init; }

    /// <summary>Intensities of the intensity mask, ascending.</summary>
    public required Intensities SortedIntensities { get; init; }

    /// <summary>The image around the ROI, if anything looks there.</summary>
    public SupportGrid? Support { get; init; }

    /// <summary>The image's way onto this grid, for what looks at more of it.</summary>
    public required ImageChain Chain { get; init; }

    /// <summary>Checks by the reference tables' tags.</summary>
    public required IReadOnlyDictionary<string, double> Diagnostics { get; init; }

    /// <summary>What may not be what was meant.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How deep each voxel lies in the morphological mask; one for the ROI, whatever is measured in it.</summary>
    public BorderDistances BorderDistances => LazyInitializer.EnsureInitialized(ref _borderDistances, () => new(Morphological));

    /// <summary>Runs the chain: changes of the ROI, normalisation, interpolation, rounding, re-segmentation.</summary>
    /// <param name="image">The image.</param>
    /// <param name="roi">The ROI, on the image's grid, whose axes may be stored in another order.</param>
    /// <param name="settings">Validated settings.</param>
    /// <param name="options">Threads and reference region.</param>
    /// <param name="margin">How far beyond the ROI's box <see cref="Support"/> goes; null: as far as the settings' filters and families look.</param>
    public static ProcessedRoi From(Volume image, Mask roi, ExtractionSettings settings, ExtractionOptions options, VoxelMargin? margin = null)
    {
        roi = roi.OnGridOf(image, "ROI");
        var g = image.Geometry;
        var bounds = VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) ?? throw Empty("The ROI has no voxel inside.");
        var diagnostics = new RoiDiagnostics();
        var step = "init_roi";
        IReadOnlyList<string> warnings = [];
        if (settings.Roi is { } change)
        {
            var edited = RoiEditing.Apply(roi, change);
            diagnostics.AddGivenRoi(RoiGrid.Cut(image, roi, bounds), edited.Components, options.MaxThreads);
            (roi, step, warnings) = (edited.Roi, "edit_roi", edited.Warnings);
            bounds = VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) ?? throw Empty("The ROI has no voxel inside.");
        }

        var initial = RoiGrid.Cut(image, roi, bounds);
        var inside = initial.Inside();
        var summary = IntensitySummary.Of(inside, options.MaxThreads);
        diagnostics.AddImage("init_img", initial.GridSize, initial.Spacing);
        diagnostics.AddRoi(step, initial, initial, inside, summary);

        var grid = InterpolationGrid.Create(g, bounds, settings.Resampling);
        var chain = new ImageChain(image, settings, grid, Normalisation.Find(settings, image, roi, options), options.MaxThreads);
        diagnostics.AddImage("interp_img", grid.Size, grid.Spacing);
        options.Cancellation.ThrowIfCancellationRequested();
        if (settings.WholeImageDiagnostics)
        {
            diagnostics.AddImageIntensities("init_img", image.Intensities, options.MaxThreads);
            diagnostics.AddImageIntensities("interp_img", chain.Process(InterpolationGrid.Checked(VoxelBox.Whole(grid.Size)), null), options.MaxThreads);
        }

        var morphological = grid.IsUnchanged ? initial : Interpolate(initial, grid, settings.Resampling, options.MaxThreads);
        options.Cancellation.ThrowIfCancellationRequested();
        var beyond = margin ?? VoxelMargin.For(settings, grid.Spacing, morphological.Box, grid.Size);
        var support = beyond.IsZero ? null : chain.Support(morphological.Box, beyond);
        if (!grid.IsUnchanged || !chain.LeavesIntensities)
        {
            var box = morphological.Box;
            morphological = morphological with
            {
                Intensities = support is null ? chain.Process(box, morphological.Mask) : box.CutFrom(support.Intensities, support.Box),
            };
            inside = morphological.Inside("The image has voxels near the ROI, where interpolation looks, that are not a finite number.");
            summary = IntensitySummary.Of(inside, options.MaxThreads);
        }

        options.Cancellation.ThrowIfCancellationRequested();
        diagnostics.AddRoi("interp_roi", morphological, morphological, inside, summary);
        var intensity = morphological with { Mask = ReSegmentation.Apply(morphological, summary, settings.ReSegmentation) };
        if (!ReferenceEquals(intensity.Mask, morphological.Mask))
        {
            inside = intensity.Collect();
            if (inside.Length == 0)
            {
                throw Empty("No voxel of the ROI has an intensity within the re-segmentation range.");
            }

            summary = IntensitySummary.Of(inside, options.MaxThreads);
        }

        diagnostics.AddRoi("reseg_roi", morphological, intensity, inside, summary);
        inside.Sort();
        return new()
        {
            Morphological = morphological,
            Intensity = intensity,
            SortedIntensities = inside,
            Support = support,
            Chain = chain,
            Diagnostics = diagnostics.Values,
            Warnings = warnings,
        };
    }

    /// <summary>The ROI on the new grid, its box as small as can be; intensities come later, only where they are needed.</summary>
    private static RoiGrid Interpolate(RoiGrid roi, InterpolationGrid grid, ResamplingSettings settings, int threads)
    {
        var reach = grid.Reach(roi.Box);
        var mask = RoiInterpolator.Interpolate(roi.Mask, roi.Box, grid, settings, reach, threads);
        var within = VoxelBox.Around(mask, reach.SizeX, reach.SizeY, reach.SizeZ)
            ?? throw Empty("The ROI is so small that interpolation leaves nothing of it.");
        var box = within with { X = reach.X + within.X, Y = reach.Y + within.Y, Z = reach.Z + within.Z };
        return new() { GridSize = grid.Size, Spacing = grid.Spacing, Box = box, Intensities = default, Mask = box.CutFrom(mask, reach) };
    }

    private static RadiomicsException Empty(string detail) => new("EmptyRoi", detail);
}
