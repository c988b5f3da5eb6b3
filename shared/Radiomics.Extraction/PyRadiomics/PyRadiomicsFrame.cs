namespace Radiomics.Extraction;

/// <summary>
/// The image that PyRadiomics' filters see, and the ROI in it: normalised, then resampled and cropped to the ROI with some padding, or whole. Where a
/// filter's image ends changes its response, so the frame ends where PyRadiomics' does.
/// </summary>
internal sealed record PyRadiomicsFrame
{
    /// <summary>Voxels along x, y, z.</summary>
    public required (int X, int Y, int Z) Size { get; init; }

    /// <summary>mm.</summary>
    public required (double X, double Y, double Z) Spacing { get; init; }

    /// <summary>Where the frame lies.</summary>
    public required VolumeGeometry Geometry { get; init; }

    /// <summary>Intensities of the whole frame, x fastest.</summary>
    public required Intensities Voxels { get; init; }

    /// <summary>ROI of the shape features, within the box of <see cref="Roi"/>.</summary>
    public required RoiGrid Shape { get; init; }

    /// <summary>ROI of all other features, with the unfiltered intensities; the box is that of its mask within the frame.</summary>
    public required RoiGrid Roi { get; init; }

    /// <summary>An intensity amid those of the ROI.</summary>
    public float Center { get; init; }

    /// <summary>Pixel type of the image that filters see: the file's own, doubles of a normalised one.</summary>
    public PixelType PixelType { get; init; }

    /// <summary>Checks of image and mask by PyRadiomics' names.</summary>
    public required IReadOnlyDictionary<string, double> Diagnostics { get; init; }

    /// <summary>What may not be what was meant.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Runs changes of the ROI, normalisation, resampling or cropping, the checks of the mask, and re-segmentation.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>GridMismatch</c>, <c>EmptyRoi</c>, <c>NonFiniteVoxels</c>, <c>InvalidSettings</c>; <c>RoiTooSmall</c>: fewer voxels or dimensions than the settings ask for.
    /// </exception>
    public static PyRadiomicsFrame Create(Volume image, Mask roi, ExtractionSettings settings, ExtractionOptions options)
    {
        var special = settings.PyRadiomics ?? new();
        var tolerance = special.GeometryTolerance ?? VolumeGeometry.SameGridTolerance;
        roi = special.CorrectMask && !roi.Geometry.IsSameGridAs(image.Geometry, tolerance) ? CorrectedMask.Of(roi, image.Geometry) : roi.OnGridOf(image, "ROI", tolerance);
        var g = image.Geometry;
        var diagnostics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var (given, step, warnings) = (roi, "original", (IReadOnlyList<string>)[]);
        if (settings.Roi is { } change)
        {
            var edited = RoiEditing.Apply(roi, change);
            (roi, step, warnings) = (edited.Roi, "edited", edited.Warnings);
            AddDiagnostics(diagnostics, "original", RoiGrid.Cut(image, given, VoxelBox.Around(given.Voxels, g.SizeX, g.SizeY, g.SizeZ)!.Value));
        }

        var box = VoxelBox.Around(roi.Voxels, g.SizeX, g.SizeY, g.SizeZ) ?? throw new RadiomicsException("EmptyRoi", "The ROI has no voxel inside.");
        var normalisation = Normalisation.Find(settings, image, roi, options);
        options.Cancellation.ThrowIfCancellationRequested();
        var original = RoiGrid.Cut(image, roi, box);
        AddDiagnostics(diagnostics, step, original);

        var grid = InterpolationGrid.Create(g, box, settings.Resampling);
        var resamples = !IsClose(grid.X, g.SpacingX) || !IsClose(grid.Y, g.SpacingY) || !IsClose(grid.Z, g.SpacingZ);
        var frame = resamples ? PyRadiomicsResampling.TargetOf(grid, box, special.PadDistance)
            : settings.Filters.Count == 0 && options.Maps is null ? box
            : special.PreCrop || settings.Resampling.Method != InterpolationMethod.None ? box.Grow(new(special.PadDistance, special.PadDistance, special.PadDistance), (g.SizeX, g.SizeY, g.SizeZ))
            : VoxelBox.Whole((g.SizeX, g.SizeY, g.SizeZ));
        InterpolationGrid.Checked(frame);
        var (voxels, mask) = resamples
            ? PyRadiomicsResampling.Resample(image, original, grid, frame, settings, normalisation, options)
            : (Cut(image, frame, normalisation), frame == box ? original.Mask : ExtractionMaps.Paste(original, frame));
        options.Cancellation.ThrowIfCancellationRequested();
        var spacing = resamples ? grid.Spacing : (g.SpacingX, g.SpacingY, g.SpacingZ);
        var size = (frame.SizeX, frame.SizeY, frame.SizeZ);
        var shape = Within(voxels, mask, size, spacing, special);
        if (resamples)
        {
            AddDiagnostics(diagnostics, "interpolated", shape);
        }

        var intensity = shape;
        if (settings.ReSegmentation is { Lower: not null } or { Upper: not null })
        {
            var remaining = ReSegmentation.Apply(shape, IntensitySummary.Of(shape.Collect(), options.MaxThreads), settings.ReSegmentation);
            if (remaining.AsSpan().Count((byte)1) < 2)
            {
                throw new RadiomicsException("EmptyRoi", "No two voxels of the ROI have an intensity within the re-segmentation range.");
            }

            intensity = Within(voxels, ExtractionMaps.Paste(shape with { Mask = remaining }, VoxelBox.Whole(size)), size, spacing, special);
            AddDiagnostics(diagnostics, "resegmented", intensity);

            // PyRadiomics cuts the ROI of the shape features to the box of the re-segmented one, too.
            shape = special.ReSegmentShape ? intensity : shape with { Box = intensity.Box, Mask = intensity.Box.CutFrom(shape.Mask, shape.Box), Intensities = intensity.Intensities };
        }

        var summary = IntensitySummary.Of(intensity.Collect(), options.MaxThreads);
        return new()
        {
            Size = size,
            Spacing = spacing,
            Geometry = resamples ? grid.Place(g, frame) : Place(g, frame),
            Voxels = voxels,
            Center = (float)summary.Minimum / 2 + (float)summary.Maximum / 2,
            PixelType = normalisation is null ? image.PixelType : PixelType.Float64,
            Shape = shape,
            Roi = intensity,
            Warnings = warnings,
            Diagnostics = special.AdditionalInfo ? diagnostics : new SortedDictionary<string, double>(StringComparer.Ordinal),
        };
    }

    /// <summary>Where a box of the frame lies.</summary>
    public VolumeGeometry Place(VoxelBox box) => Place(Geometry, box);

    private static VolumeGeometry Place(VolumeGeometry g, VoxelBox box) =>
        g with { SizeX = box.SizeX, SizeY = box.SizeY, SizeZ = box.SizeZ, Origin = g.ToPatient(box.X, box.Y, box.Z) };

    private static bool IsClose(GridAxis axis, double spacing) => Math.Abs(axis.Spacing - spacing) <= 1e-8 + 1e-5 * Math.Abs(axis.Spacing);

    private static Intensities Cut(Volume image, VoxelBox box, Normalisation? normalisation)
    {
        var g = image.Geometry;
        var voxels = box.CutFrom(image.Intensities, VoxelBox.Whole((g.SizeX, g.SizeY, g.SizeZ)));
        if (normalisation is { } change)
        {
            voxels = voxels.Apart(image.Intensities);
            change.Clip(voxels);
            change.Scale(voxels);
        }

        return voxels;
    }

    /// <summary>The ROI's box of a frame, if the ROI is as large as it has to be.</summary>
    private static RoiGrid Within(
        Intensities voxels, byte[] mask, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing, PyRadiomicsSettings special)
    {
        var box = VoxelBox.Around(mask, size.X, size.Y, size.Z)
            ?? throw new RadiomicsException("EmptyRoi", "The ROI is so small that resampling leaves nothing of it.");
        var whole = VoxelBox.Whole(size);
        var roi = new RoiGrid
        {
            GridSize = size,
            Spacing = spacing,
            Box = box,
            Intensities = box.CutFrom(voxels, whole),
            Mask = box.CutFrom(mask, whole),
        };
        var count = roi.Inside().Length;
        var dimensions = (box.SizeX > 1 ? 1 : 0) + (box.SizeY > 1 ? 1 : 0) + (box.SizeZ > 1 ? 1 : 0);
        if (dimensions == 0 || dimensions < special.MinimumRoiDimensions)
        {
            throw new RadiomicsException(
                "RoiTooSmall", $"The ROI has more than one voxel along {dimensions} axes; PyRadiomics' conventions want {Math.Max(1, special.MinimumRoiDimensions)} (minimumROIDimensions).");
        }

        if (count <= special.MinimumRoiSize)
        {
            throw new RadiomicsException("RoiTooSmall", $"The ROI has {count} voxels; it must have more than {special.MinimumRoiSize} (minimumROISize).");
        }

        return roi;
    }

    private static void AddDiagnostics(SortedDictionary<string, double> diagnostics, string step, RoiGrid roi)
    {
        var summary = IntensitySummary.Of(roi.Collect(), 1);
        diagnostics[$"diagnostics_Mask-{step}_VoxelNum"] = summary.Count;
        if (double.IsFinite(summary.Mean))
        {
            diagnostics[$"diagnostics_Mask-{step}_Mean"] = summary.Mean;
            diagnostics[$"diagnostics_Mask-{step}_Minimum"] = summary.Minimum;
            diagnostics[$"diagnostics_Mask-{step}_Maximum"] = summary.Maximum;
        }
    }
}
