namespace Radiomics.Extraction;

/// <summary>
/// Makes the images that <see cref="IExtractionMaps"/> is shown. Responses are made for them anew, for more voxels than features need and one step of a filter at a
/// time: so features stay, to the last bit, what they are without, and no more images are held than one step makes.
/// </summary>
internal static class ExtractionMaps
{
    /// <summary>IBSI's conventions.</summary>
    public static void Show(IExtractionMaps maps, VolumeGeometry image, ProcessedRoi roi, ExtractionSettings settings, ExtractionOptions options)
    {
        var grid = roi.Chain.Grid;
        var box = Extent(maps, roi.Morphological.Box, grid.Size, grid.Spacing);
        var place = grid.Place(image, box);

        // What filters see beyond the maps; intensity peaks look no farther than that.
        var support = roi.Chain.Support(box, VoxelMargin.For(settings, grid.Spacing, box, grid.Size));
        maps.Add("image", new Volume(place, box.CutFrom(support.Intensities, support.Box), PixelType.Float32));
        ShowMasks(maps, place, box, roi.Morphological, roi.Intensity);
        var domain = FilterDomain.Of(
            support.Intensities,
            (support.Box.SizeX, support.Box.SizeY, support.Box.SizeZ),
            grid.Spacing,
            box with { X = support.Offset.X, Y = support.Offset.Y, Z = support.Offset.Z },
            roi.SortedIntensities[0],
            roi.SortedIntensities[^1]);
        foreach (var filter in settings.Filters)
        {
            var names = FilterNames.Of(filter, settings.Conventions);
            var steps = ImageFilter.Steps(filter);
            var count = names.Length / steps;
            for (var step = 0; step < steps; step++)
            {
                var responses = ImageFilter.Respond(filter, settings.Conventions, step, domain, count, size => new float[size], options.MaxThreads, options.Cancellation);
                Add(maps, names.AsSpan(step * count, count), responses, place);
            }
        }
    }

    /// <summary>PyRadiomics' conventions.</summary>
    public static void Show(IExtractionMaps maps, PyRadiomicsFrame frame, ExtractionSettings settings, ExtractionOptions options)
    {
        var whole = VoxelBox.Whole(frame.Size);
        var box = Extent(maps, frame.Roi.Box, frame.Size, frame.Spacing);
        var place = frame.Place(box);
        maps.Add("image", new Volume(place, box.CutFrom(frame.Voxels, whole), PixelType.Float32));
        ShowMasks(maps, place, box, frame.Shape, frame.Roi);
        foreach (var step in PyRadiomicsFilters.All(settings))
        {
            if (step.Apply(frame, settings, options.Cancellation, box) is { } responses)
            {
                Add(maps, [.. step.Names], responses, place);
            }
        }
    }

    /// <summary>A mask of a part of a grid, in a box around or across it.</summary>
    internal static byte[] Paste(RoiGrid roi, VoxelBox box)
    {
        var pasted = new byte[box.Count];
        roi.Box.PasteInto(roi.Mask, pasted, box);
        return pasted;
    }

    private static VoxelBox Extent(IExtractionMaps maps, VoxelBox roi, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing) =>
        InterpolationGrid.Checked(maps.Margin is { } margin
            ? roi.Grow(new(Voxels(margin, spacing.X, size.X), Voxels(margin, spacing.Y, size.Y), Voxels(margin, spacing.Z, size.Z)), size)
            : VoxelBox.Whole(size));

    private static int Voxels(double margin, double spacing, int most) => (int)Math.Min(Math.Ceiling(margin / spacing), most);

    private static void ShowMasks(IExtractionMaps maps, VolumeGeometry place, VoxelBox box, RoiGrid morphological, RoiGrid intensity)
    {
        maps.Add("mask_morphological", new Mask(place, Paste(morphological, box)));
        maps.Add("mask_intensity", new Mask(place, Paste(intensity, box)));
    }

    private static void Add(IExtractionMaps maps, ReadOnlySpan<string> names, Intensities[] responses, VolumeGeometry place)
    {
        for (var i = 0; i < responses.Length; i++)
        {
            maps.Add(names[i].TrimEnd('_'), new Volume(place, responses[i], PixelType.Float32));
        }
    }
}
