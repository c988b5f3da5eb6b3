namespace Radiomics.Extraction;

/// <summary>How an image goes on beyond its border.</summary>
internal enum BorderRule
{
    /// <summary>Mirrored, the border voxel twice: <c>c b a | a b c</c> (IBSI-2).</summary>
    Mirror,

    /// <summary>From the start again; a copy of the first voxel fills up an odd size first (PyRadiomics' wavelets).</summary>
    PeriodicEven,

    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The border voxel.</summary>
    Nearest,

    /// <summary>From the start again.</summary>
    Periodic,
}

/// <summary>Where the voxels lie that stand for those beyond a border.</summary>
internal static class BorderRules
{
    /// <summary>For each index from <paramref name="first"/> on, so many, the index inside an axis of <paramref name="size"/> voxels.</summary>
    public static int[] Map(this BorderRule rule, int size, int first, int count)
    {
        var map = new int[count];
        for (var i = 0; i < count; i++)
        {
            var index = first + i;
            map[i] = rule switch
            {
                BorderRule.Mirror => Mirror(index, size),
                BorderRule.PeriodicEven => Periodic(index, size),
                BorderRule.Zero => index >= 0 && index < size ? index : -1,
                BorderRule.Nearest => Math.Clamp(index, 0, size - 1),
                _ => (index % size + size) % size,
            };
        }

        return map;
    }

    private static int Mirror(int index, int size)
    {
        var period = 2 * size;
        index = (index % period + period) % period;
        return index < size ? index : period - 1 - index;
    }

    private static int Periodic(int index, int size)
    {
        var period = size + size % 2;
        index = (index % period + period) % period;
        return index < size ? index : 0;
    }
}
