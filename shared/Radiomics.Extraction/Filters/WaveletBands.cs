namespace Radiomics.Extraction;

/// <summary>The names of wavelets' sub-bands: a letter an axis, L for the low-pass and H for the high-pass filter.</summary>
internal static class WaveletBands
{
    /// <summary>Of a volume; along x, y, z.</summary>
    public static IReadOnlyList<string> OfVolume { get; } = ["LLL", "LLH", "LHL", "LHH", "HLL", "HLH", "HHL", "HHH"];

    /// <summary>Of a slice; along x, y.</summary>
    public static IReadOnlyList<string> OfSlices { get; } = ["LL", "LH", "HL", "HH"];

    /// <summary>Whether a name is a band of so many letters.</summary>
    public static bool IsBand(string? name, int letters) => name?.Length == letters && !name.AsSpan().ContainsAnyExcept('L', 'H');
}
