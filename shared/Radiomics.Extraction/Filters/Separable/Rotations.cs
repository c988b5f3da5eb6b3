namespace Radiomics.Extraction;

/// <summary>The rotations by right angles: for each axis, the axis whose kernel comes to lie there, and whether it is reversed.</summary>
internal static class Rotations
{
    /// <summary>The 4 of a slice.</summary>
    public static IReadOnlyList<(int[] Axes, bool[] Reversed)> OfSlice { get; } = Find(inSlice: true);

    /// <summary>The 24 of a volume.</summary>
    public static IReadOnlyList<(int[] Axes, bool[] Reversed)> OfVolume { get; } = Find(inSlice: false);

    /// <summary>A permutation of the axes with reversals is a rotation if it isn't a reflection: an odd permutation goes with an odd number of reversals.</summary>
    private static List<(int[] Axes, bool[] Reversed)> Find(bool inSlice)
    {
        var rotations = new List<(int[], bool[])>();
        foreach (var (axes, isOdd) in ((int[], bool)[])[([0, 1, 2], false), ([1, 2, 0], false), ([2, 0, 1], false), ([1, 0, 2], true), ([0, 2, 1], true), ([2, 1, 0], true)])
        {
            for (var signs = 0; signs < 8; signs++)
            {
                var isReflection = int.PopCount(signs) % 2 == 1 != isOdd;
                if (!isReflection && !(inSlice && (axes[2] != 2 || signs >= 4)))
                {
                    rotations.Add((axes, [(signs & 1) != 0, (signs & 2) != 0, (signs & 4) != 0]));
                }
            }
        }

        return rotations;
    }
}
