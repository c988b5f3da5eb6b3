namespace Radiomics.Extraction;

/// <summary>PyRadiomics' neighbourhoods: all voxels at one of some Chebyshev distances.</summary>
internal static class Shells
{
    /// <summary>One step of each opposite pair to the voxels of the shells; within a slice, or in the volume. (IBSI's directions are multiples of 13.)</summary>
    public static IReadOnlyList<Step> Steps(IReadOnlyList<int> distances, bool inSlice)
    {
        var steps = new List<Step>();
        var farthest = distances.Max();
        var depth = inSlice ? 0 : farthest;
        for (var z = 0; z <= depth; z++)
        {
            for (var y = z == 0 ? 0 : -farthest; y <= farthest; y++)
            {
                for (var x = z == 0 && y == 0 ? 1 : -farthest; x <= farthest; x++)
                {
                    if (distances.Contains(Math.Max(z, Math.Max(Math.Abs(y), Math.Abs(x)))))
                    {
                        steps.Add(new(x, y, z));
                    }
                }
            }
        }

        return steps;
    }

    /// <summary>Whether the grid is long enough for two voxels to lie a step apart.</summary>
    public static bool Fits(Step step, GreyLevelGrid grid) =>
        Math.Abs(step.X) < grid.SizeX && Math.Abs(step.Y) < grid.SizeY && Math.Abs(step.Z) < grid.SizeZ;

    /// <summary>Whether there is a line along <paramref name="step"/> with two voxels of the ROI, next to each other or not.</summary>
    public static bool HasTwoOnALine(GreyLevelGrid grid, Step step)
    {
        for (var z = 0; z < grid.SizeZ; z++)
        {
            for (var y = 0; y < grid.SizeY; y++)
            {
                for (var x = 0; x < grid.SizeX; x++)
                {
                    if (grid.Ranks[grid.IndexOf(x, y, z)] != 0 && HasFollower(grid, step, x, y, z))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>Whether the distances are 1, 2, … so that the shells are a whole neighbourhood, as IBSI's are.</summary>
    public static bool AreSolid(IReadOnlyList<int> distances) => distances.Max() == distances.Count;

    private static bool HasFollower(GreyLevelGrid grid, Step step, int x, int y, int z)
    {
        (x, y, z) = (x + step.X, y + step.Y, z + step.Z);
        while (x >= 0 && x < grid.SizeX && y >= 0 && y < grid.SizeY && z >= 0 && z < grid.SizeZ)
        {
            if (grid.Ranks[grid.IndexOf(x, y, z)] != 0)
            {
                return true;
            }

            (x, y, z) = (x + step.X, y + step.Y, z + step.Z);
        }

        return false;
    }
}
