namespace Radiomics.Extraction.Tests;

/// <summary>Grids of given grey levels, without an image around them.</summary>
internal static class LevelGrids
{
    /// <param name="size">Voxels along x, y, z.</param>
    /// <param name="levels">Grey level of each voxel, x fastest; 0 is outside.</param>
    /// <param name="padding">Empty voxels on each side.</param>
    /// <param name="spacing">mm; 1 × 1 × 1 if not given.</param>
    public static GreyLevelGrid Of((int X, int Y, int Z) size, int[] levels, int padding = 1, (double X, double Y, double Z)? spacing = null)
    {
        var roi = new RoiGrid
        {
            GridSize = size,
            Spacing = spacing ?? (1, 1, 1),
            Box = VoxelBox.Whole(size),
            Intensities = Array.ConvertAll(levels, l => (float)l),
            Mask = Array.ConvertAll(levels, l => l > 0 ? (byte)1 : (byte)0),
        };
        float[] sorted = [.. roi.Collect().Floats.Order()];
        return GreyLevelGrid.Create(roi, roi.Intensities, new GreyLevels(sorted, new DiscretisationSettings(), lowerLimit: null), padding);
    }

    /// <summary>Random levels 1 … <paramref name="count"/> in three voxels of four.</summary>
    public static int[] Random((int X, int Y, int Z) size, int count, int seed)
    {
        var random = new Random(seed);
        var levels = new int[size.X * size.Y * size.Z];
        foreach (ref var level in levels.AsSpan())
        {
            level = random.Next(4) == 0 ? 0 : 1 + random.Next(count);
        }

        return levels;
    }

    /// <summary>The digital phantom's levels.</summary>
    public static GreyLevelGrid Phantom() =>
        Of((5, 4, 4), [.. DigitalPhantom.Image.Voxels.Zip(DigitalPhantom.Roi.Voxels, (value, inside) => inside * (int)value)], spacing: (2, 2, 2));
}
