namespace Radiomics.Extraction;

/// <summary>
/// The part of a grid that an ROI needs: intensities and mask of a box, x fastest, cut out of a grid of <see cref="GridSize"/>.
/// Positions are in mm along the grid's own axes, from the box's first voxel; features don't depend on where the patient lies.
/// </summary>
internal sealed record RoiGrid
{
    public required (int X, int Y, int Z) GridSize { get; init; }

    public required (double X, double Y, double Z) Spacing { get; init; }

    /// <summary>Where this part lies in the whole grid: the morphological mask's bounding box.</summary>
    public required VoxelBox Box { get; init; }

    /// <summary>Intensities; only those inside <see cref="Mask"/> have a meaning.</summary>
    public required Intensities Intensities { get; init; }

    /// <summary>1 inside, 0 outside.</summary>
    public required byte[] Mask { get; init; }

    /// <summary>The intensities inside, in voxel order.</summary>
    /// <exception cref="RadiomicsException"><c>NonFiniteVoxels</c>.</exception>
    public Intensities Inside(string detail = "The image has voxels in the ROI that are not a finite number.")
    {
        var values = Collect();
        return values.AreFinite() ? values : throw new RadiomicsException("NonFiniteVoxels", detail);
    }

    /// <summary>The same, whatever they are.</summary>
    public Intensities Collect() => Collect(Intensities);

    /// <summary>Inside the mask, of other intensities of the same layout.</summary>
    public Intensities Collect(Intensities intensities) => intensities.Doubles is { } doubles ? Collect(doubles) : Collect(intensities.Floats);

    /// <summary>Cuts an ROI's bounding box out of an image.</summary>
    public static RoiGrid Cut(Volume image, Mask roi, VoxelBox box)
    {
        var g = image.Geometry;
        var whole = VoxelBox.Whole((g.SizeX, g.SizeY, g.SizeZ));
        return new()
        {
            GridSize = (g.SizeX, g.SizeY, g.SizeZ),
            Spacing = (g.SpacingX, g.SpacingY, g.SpacingZ),
            Box = box,
            Intensities = box.CutFrom(image.Intensities, whole).Apart(image.Intensities),
            Mask = CutMask(roi, box),
        };
    }

    private T[] Collect<T>(T[] intensities)
    {
        var values = GC.AllocateUninitializedArray<T>(Mask.AsSpan().Count((byte)1));
        var count = 0;
        for (var start = 0; start < Mask.Length; start += Box.SizeX)
        {
            var row = Mask.AsSpan(start, Box.SizeX);
            for (var end = 0; MaskRun.Next(row, ref end, out var first); count += end - first)
            {
                intensities.AsSpan(start + first, end - first).CopyTo(values.AsSpan(count));
            }
        }

        return values;
    }

    private static byte[] CutMask(Mask roi, VoxelBox box)
    {
        var g = roi.Geometry;
        var mask = Own(box.CutFrom(roi.Voxels, VoxelBox.Whole((g.SizeX, g.SizeY, g.SizeZ))), roi.Voxels);
        if (mask.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            foreach (ref var voxel in mask.AsSpan())
            {
                voxel = Math.Min(voxel, (byte)1);
            }
        }

        return mask;
    }

    private static T[] Own<T>(T[] cut, T[] original) => ReferenceEquals(cut, original) ? [.. original] : cut;
}
