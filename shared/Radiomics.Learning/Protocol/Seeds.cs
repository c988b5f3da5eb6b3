namespace Radiomics.Learning;

/// <summary>One stream of random numbers for each purpose, all from the one stored seed.</summary>
internal static class Seeds
{
    /// <summary>A seed for <see cref="Random"/>, the same in every process (FNV-1a over the purpose, then SplitMix64's mixing).</summary>
    public static int Derive(int seed, string purpose, int first = 0, int second = 0)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in purpose)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        foreach (var part in (ReadOnlySpan<int>)[seed, first, second])
        {
            hash = Mix(hash ^ (uint)part);
        }

        return (int)(hash >> 33);
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
