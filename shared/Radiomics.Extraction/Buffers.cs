namespace Radiomics.Extraction;

/// <summary>
/// Large buffers for reuse, as the framework's pool has them. That one is compiled anew in every process for each kind of number; this one is compiled with us,
/// which counts in a run of a tenth of a second.
/// </summary>
internal static class Buffers<T>
    where T : unmanaged
{
    private const int Sizes = 31;
    private const int KeptOfEachSize = 4;

    private static readonly T[]?[] Kept = new T[]?[Sizes * KeptOfEachSize];

    /// <summary>An array of at least <paramref name="length"/>, not cleared.</summary>
    public static T[] Rent(int length)
    {
        var size = SizeOf(length);
        for (var i = size * KeptOfEachSize; i < (size + 1) * KeptOfEachSize; i++)
        {
            if (Kept[i] is not null && Interlocked.Exchange(ref Kept[i], null) is { } kept)
            {
                return kept;
            }
        }

        return new T[1 << size];
    }

    /// <summary>Gives back what was rented.</summary>
    public static void Return(T[] buffer)
    {
        var size = SizeOf(buffer.Length);
        for (var i = size * KeptOfEachSize; i < (size + 1) * KeptOfEachSize; i++)
        {
            if (Kept[i] is null && Interlocked.CompareExchange(ref Kept[i], buffer, null) is null)
            {
                return;
            }
        }
    }

    /// <summary>The power of two that holds so many.</summary>
    private static int SizeOf(int length) => length <= 16 ? 4 : 32 - int.LeadingZeroCount(length - 1);
}
