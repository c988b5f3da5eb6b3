namespace Radiomics.Extraction;

/// <summary>Turns an ROI so that the slices to be measured lie along z.</summary>
internal static class SlicesAlongZ
{
    /// <summary>The ROI and values in its layout with z and <paramref name="axis"/> exchanged.</summary>
    public static (RoiGrid Roi, float[] Values) Of(RoiGrid roi, float[] values, SliceAxis axis)
    {
        if (axis == SliceAxis.Z)
        {
            return (roi, values);
        }

        var box = roi.Box;
        var (sx, sy, sz) = roi.Spacing;
        var (turnedBox, spacing) = axis == SliceAxis.Y
            ? (new VoxelBox(0, 0, 0, box.SizeX, box.SizeZ, box.SizeY), (sx, sz, sy))
            : (new VoxelBox(0, 0, 0, box.SizeZ, box.SizeY, box.SizeX), (sz, sy, sx));
        var mask = new byte[values.Length];
        var turned = new float[values.Length];
        var from = 0;
        for (var z = 0; z < box.SizeZ; z++)
        {
            for (var y = 0; y < box.SizeY; y++)
            {
                for (var x = 0; x < box.SizeX; x++, from++)
                {
                    var (a, b, c) = axis == SliceAxis.Y ? (x, z, y) : (z, y, x);
                    var to = (c * turnedBox.SizeY + b) * turnedBox.SizeX + a;
                    (mask[to], turned[to]) = (roi.Mask[from], values[from]);
                }
            }
        }

        var grid = new RoiGrid
        {
            GridSize = (turnedBox.SizeX, turnedBox.SizeY, turnedBox.SizeZ),
            Spacing = spacing,
            Box = turnedBox,
            Intensities = turned,
            Mask = mask,
        };
        return (grid, turned);
    }
}
