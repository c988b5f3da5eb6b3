namespace Radiomics.Extraction;

/// <summary>
/// The discretised intensity mask, which the texture matrices are built from: the ROI's box, with <see cref="Padding"/> empty voxels on every side so
/// that no neighbour needs a bounds check. A voxel holds the rank of its grey level among those that occur (1 … <see cref="Levels"/>.Length), or 0
/// outside the intensity mask: matrices have no empty rows, however sparse the levels.
/// </summary>
internal sealed class GreyLevelGrid
{
    /// <summary>Unused elements at the end of a padded layout, so that a vector that begins at any voxel can be loaded whole.</summary>
    public const int VectorSlack = 16;

    private GreyLevelGrid(VoxelBox box, (double X, double Y, double Z) spacing, int padding)
    {
        (SizeX, SizeY, SizeZ) = (box.SizeX, box.SizeY, box.SizeZ);
        Spacing = spacing;
        Padding = padding;
        StrideY = SizeX + 2 * padding;
        StrideZ = StrideY * (SizeY + 2 * padding);
        Ranks = new ushort[checked(StrideZ * (SizeZ + 2 * padding) + VectorSlack)];
    }

    /// <summary>Voxels along x without padding: those of the ROI's box.</summary>
    public int SizeX { get; }

    public int SizeY { get; }

    public int SizeZ { get; }

    /// <summary>mm.</summary>
    public (double X, double Y, double Z) Spacing { get; }

    /// <summary>Empty voxels on each side.</summary>
    public int Padding { get; }

    /// <summary>Index distance of neighbours along y.</summary>
    public int StrideY { get; }

    /// <summary>Index distance of neighbours along z.</summary>
    public int StrideZ { get; }

    /// <summary>Rank of each voxel's grey level, 0 outside; padded layout, x fastest, then <see cref="VectorSlack"/> zeros.</summary>
    public ushort[] Ranks { get; }

    /// <summary>The grey levels that occur, ascending: rank r stands for <c>Levels[r − 1]</c>.</summary>
    public int[] Levels { get; private set; } = [];

    /// <summary>Number of grey levels that the discretisation has (IBSI's N_g), whether they occur or not.</summary>
    public required int LevelCount { get; init; }

    /// <summary>How many grey levels occur in the ROI: more than <see cref="Levels"/> has, maybe, in a kernel, which is a part of it.</summary>
    public int OccurringLevels { get; private set; }

    /// <summary>Number of voxels in the intensity mask (IBSI's N_v).</summary>
    public int VoxelCount { get; private set; }

    /// <summary>Index of voxel (x, y, z) of the box.</summary>
    public int IndexOf(int x, int y, int z) => (z + Padding) * StrideZ + (y + Padding) * StrideY + x + Padding;

    /// <summary>Discretises <paramref name="intensities"/> (layout of <paramref name="roi"/>'s box) inside its mask.</summary>
    /// <param name="roi">Grid with the intensity mask.</param>
    /// <param name="intensities">The grid's own or a filter's response.</param>
    /// <param name="levels">The rule.</param>
    /// <param name="padding">Empty voxels on each side: the largest distance that a matrix looks.</param>
    public static GreyLevelGrid Create(RoiGrid roi, Intensities intensities, GreyLevels levels, int padding)
    {
        var grid = new GreyLevelGrid(roi.Box, roi.Spacing, padding) { LevelCount = levels.Count };
        var counts = new int[levels.Count + 1];
        grid.ForEachRun(roi.Mask, (run, at) =>
        {
            levels.LevelsOf(intensities, at, run);
            foreach (var level in run)
            {
                counts[level]++;
            }
        });

        var ranks = new ushort[counts.Length];
        var present = new List<int>();
        for (var level = 1; level < counts.Length; level++)
        {
            if (counts[level] > 0)
            {
                present.Add(level);
                ranks[level] = (ushort)present.Count;
                grid.VoxelCount += counts[level];
            }
        }

        grid.Levels = [.. present];
        grid.OccurringLevels = present.Count;
        if (present.Count < present[^1])
        {
            grid.ForEachRun(roi.Mask, (run, _) =>
            {
                foreach (ref var voxel in run)
                {
                    voxel = ranks[voxel];
                }
            });
        }

        return grid;
    }

    /// <summary>An empty grid, which <see cref="Fill"/> fills with one kernel of an image after the other.</summary>
    /// <param name="size">Voxels of a kernel.</param>
    /// <param name="spacing">mm.</param>
    /// <param name="padding">As for <see cref="Create"/>.</param>
    /// <param name="levelCount">The highest level of the image.</param>
    /// <param name="occurringLevels">How many levels occur in the image.</param>
    public static GreyLevelGrid ForKernels((int X, int Y, int Z) size, (double X, double Y, double Z) spacing, int padding, int levelCount, int occurringLevels) =>
        new(VoxelBox.Whole(size), spacing, padding) { LevelCount = levelCount, OccurringLevels = occurringLevels };

    /// <summary>Takes the grey levels of a kernel instead of those before.</summary>
    /// <param name="levels">Of each voxel, x fastest; 0 outside the mask.</param>
    /// <param name="ranks">Room for a rank by level, from 0 to the highest; all 0 before and after.</param>
    public void Fill(ReadOnlySpan<ushort> levels, ushort[] ranks)
    {
        var present = new int[Math.Min(levels.Length, LevelCount)];
        var count = 0;
        VoxelCount = 0;
        foreach (var level in levels)
        {
            if (level != 0)
            {
                VoxelCount++;
                if (ranks[level] == 0)
                {
                    ranks[level] = 1;
                    present[count++] = level;
                }
            }
        }

        Levels = present[..count];
        Array.Sort(Levels);
        for (var rank = 1; rank <= count; rank++)
        {
            ranks[Levels[rank - 1]] = (ushort)rank;
        }

        for (var (i, row) = (0, 0); row < SizeY * SizeZ; row++)
        {
            var at = IndexOf(0, row % SizeY, row / SizeY);
            for (var x = 0; x < SizeX; x++, i++)
            {
                Ranks[at + x] = ranks[levels[i]];
            }
        }

        foreach (var level in Levels)
        {
            ranks[level] = 0;
        }
    }

    /// <summary>Each run of a row's voxels inside <paramref name="mask"/>, and where in the box it begins.</summary>
    private void ForEachRun(byte[] mask, Action<Span<ushort>, int> visit)
    {
        for (var z = 0; z < SizeZ; z++)
        {
            for (var y = 0; y < SizeY; y++)
            {
                var start = (z * SizeY + y) * SizeX;
                var row = mask.AsSpan(start, SizeX);
                for (var end = 0; MaskRun.Next(row, ref end, out var first);)
                {
                    visit(Ranks.AsSpan(IndexOf(first, y, z), end - first), start + first);
                }
            }
        }
    }
}
