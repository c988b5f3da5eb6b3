namespace Radiomics.Extraction;

/// <summary>A mask on another grid: each voxel is what the mask is at its center, by the nearest neighbour, and outside where the mask ends.</summary>
internal static class MaskResampling
{
    /// <summary>Centers that lie midway between two voxels take the upper one; without this a float's rounding decides.</summary>
    private const double Midway = 1e-6;

    /// <summary>The mask's voxels on <paramref name="grid"/>.</summary>
    public static byte[] Nearest(Mask mask, VolumeGeometry grid)
    {
        var voxels = new byte[grid.Count];
        var g = mask.Geometry;
        if (VoxelBox.Around(mask.Voxels, g.SizeX, g.SizeY, g.SizeZ) is not { } box)
        {
            return voxels;
        }

        // The index on the mask's grid is linear in that of the other: one step a voxel.
        var step = g.ToIndex(grid.ToPatient(1, 0, 0)) - g.ToIndex(grid.Origin);
        Parallel.For(0, grid.SizeZ, k =>
        {
            for (var j = 0; j < grid.SizeY; j++)
            {
                var start = g.ToIndex(grid.ToPatient(0, j, k));
                var (from, to) = (0, grid.SizeX - 1);
                if (Reach(start.X, step.X, box.X, box.SizeX, ref from, ref to)
                    && Reach(start.Y, step.Y, box.Y, box.SizeY, ref from, ref to)
                    && Reach(start.Z, step.Z, box.Z, box.SizeZ, ref from, ref to))
                {
                    Row(mask, start, step, voxels.AsSpan((k * grid.SizeY + j) * grid.SizeX, grid.SizeX), from, to);
                }
            }
        });
        return voxels;
    }

    private static void Row(Mask mask, Point3 start, Point3 step, Span<byte> row, int from, int to)
    {
        var g = mask.Geometry;
        for (var i = from; i <= to; i++)
        {
            var (x, y, z) = (Round(start.X + i * step.X), Round(start.Y + i * step.Y), Round(start.Z + i * step.Z));
            if ((uint)x < (uint)g.SizeX && (uint)y < (uint)g.SizeY && (uint)z < (uint)g.SizeZ)
            {
                row[i] = mask.Voxels[(z * g.SizeY + y) * g.SizeX + x];
            }
        }
    }

    private static int Round(double index) => (int)Math.Floor(index + 0.5 + Midway);

    /// <summary>Narrows a range of steps to those that come within a voxel of the box along one axis; false if there is none.</summary>
    private static bool Reach(double start, double step, int box, int size, ref int from, ref int to)
    {
        var (low, high) = (box - 1.0 - start, box + size - start);
        if (Math.Abs(step) < 1e-12)
        {
            return low <= 0 && high >= 0;
        }

        var (first, last) = step > 0 ? (low / step, high / step) : (high / step, low / step);
        from = Math.Max(from, (int)Math.Clamp(Math.Ceiling(first), 0, int.MaxValue));
        to = Math.Min(to, (int)Math.Clamp(Math.Floor(last), -1, int.MaxValue - 1));
        return from <= to;
    }
}
