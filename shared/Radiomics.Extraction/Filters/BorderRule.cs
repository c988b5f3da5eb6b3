namespace Radiomics.Extraction;

/// <summary>How an image goes on beyond its border.</summary>
internal enum BorderRule
{
    /// <summary>Mirrored, the border voxel twice: <c>c b a | a b c</c> (IBSI-2).</summary>
    Mirror,

    /// <summary>From the start again; a copy of the first voxel fills up an odd size first (PyRadiomics' wavelets).</summary>
    PeriodicEven,

    /// <summary>By zeros: <c>0 0 0 | a b c</c> (IBSI-2).</summary>
    Zero,

    /// <summary>By the border voxel: <c>a a a | a b c</c> (IBSI-2).</summary>
    Nearest,

    /// <summary>From the other side again: <c>a b c | a b c</c> (IBSI-2).</summary>
    Periodic,
}

/// <summary>Where the voxels lie that stand for those beyond a border.</summary>
internal static class BorderRules
{
    /// <summary>What stands where there is only a zero.</summary>
    public const int Nowhere = -1;

    /// <summary>For each index from <paramref name="first"/> on, so many, the index inside an axis of <paramref name="size"/> voxels, or <see cref="Nowhere"/>.</summary>
    public static int[] Map(this BorderRule rule, int size, int first, int count)
    {
        var map = new int[count];
        for (var i = 0; i < count; i++)
        {
            map[i] = rule.Inside(first + i, size);
        }

        return map;
    }

    /// <summary>The index inside an axis of <paramref name="size"/> voxels that stands for <paramref name="index"/>, or <see cref="Nowhere"/>.</summary>
    public static int Inside(this BorderRule rule, int index, int size) => rule switch
    {
        BorderRule.Mirror => Mirrored(index, size),
        BorderRule.Nearest => Math.Clamp(index, 0, size - 1),
        BorderRule.Periodic => Modulo(index, size),
        BorderRule.PeriodicEven => Modulo(index, size + size % 2) is var at && at < size ? at : 0,
        _ => index >= 0 && index < size ? index : Nowhere,
    };

    private static int Mirrored(int index, int size)
    {
        var at = Modulo(index, 2 * size);
        return at < size ? at : 2 * size - 1 - at;
    }

    private static int Modulo(int index, int period) => (index % period + period) % period;
}
