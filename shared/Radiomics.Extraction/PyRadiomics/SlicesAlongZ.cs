namespace Radiomics.Extraction;

/// <summary>Turns an ROI so that the slices to be measured lie along z.</summary>
internal static class SlicesAlongZ
{
    /// <summary>Whether textures, and with them wavelets and kernels, are those within slices (force2D).</summary>
    public static bool AreWanted(ExtractionSettings settings) =>
        settings.Texture.Aggregations[0] is Aggregation.Averaged2Point5D or Aggregation.Merged2Point5D;

    /// <summary>What belongs to x, y and z, with z and <paramref name="axis"/> exchanged: turned again it is what it was.</summary>
    public static (T X, T Y, T Z) Turn<T>((T X, T Y, T Z) of, SliceAxis axis) => axis switch
    {
        SliceAxis.Z => of,
        SliceAxis.Y => (of.X, of.Z, of.Y),
        _ => (of.Z, of.Y, of.X),
    };

    /// <summary>The ROI and values in its layout with z and <paramref name="axis"/> exchanged.</summary>
    public static (RoiGrid Roi, float[] Values) Of(RoiGrid roi, float[] values, SliceAxis axis)
    {
        if (axis == SliceAxis.Z)
        {
            return (roi, values);
        }

        var box = roi.Box;
        var size = Turn((box.SizeX, box.SizeY, box.SizeZ), axis);
        var mask = new byte[values.Length];
        var turned = new float[values.Length];
        var from = 0;
        for (var z = 0; z < box.SizeZ; z++)
        {
            for (var y = 0; y < box.SizeY; y++)
            {
                for (var x = 0; x < box.SizeX; x++, from++)
                {
                    var (a, b, c) = Turn((x, y, z), axis);
                    var to = (c * size.Y + b) * size.X + a;
                    (mask[to], turned[to]) = (roi.Mask[from], values[from]);
                }
            }
        }

        var grid = new RoiGrid
        {
            GridSize = size,
            Spacing = Turn(roi.Spacing, axis),
            Box = VoxelBox.Whole(size),
            Intensities = turned,
            Mask = mask,
        };
        return (grid, turned);
    }
}
