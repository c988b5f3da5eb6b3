namespace Radiomics.Extraction;

/// <summary>The mother wavelets that there are: PyWavelets' discrete families.</summary>
public static class WaveletNames
{
    /// <summary>What a sentence about an unknown wavelet lists.</summary>
    public const string Families = WaveletTaps.Families;

    /// <summary>Whether there is a wavelet of this name; names are in lower case.</summary>
    public static bool Has(string name) => WaveletTaps.Has(name);
}
