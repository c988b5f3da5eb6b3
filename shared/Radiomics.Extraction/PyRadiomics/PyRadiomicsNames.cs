using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>PyRadiomics' names of derived images.</summary>
internal static class PyRadiomicsNames
{
    /// <summary>One name a response map, in the order in which the filter makes them.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="inSlices">Whether textures, and with them wavelets, are within slices (force2D).</param>
    public static string[] Of(FilterSettings filter, bool inSlices)
    {
        var special = filter.PyRadiomics ?? PyRadiomicsFilterSettings.Defaults;
        return filter.Type switch
        {
            FilterType.Log => [$"log-sigma-{filter.SigmaName ?? filter.Sigma!.Value.ToString("0.0################", CultureInfo.InvariantCulture).Replace('.', '-')}-mm-3D"],
            FilterType.Wavelet => [.. Bands(special.Levels, inSlices)],
            FilterType.Lbp2D => ["lbp-2D"],
            FilterType.Lbp3D => [.. Enumerable.Range(1, special.Lbp3DLevels).Select(level => string.Create(CultureInfo.InvariantCulture, $"lbp-3D-m{level}")), "lbp-3D-k"],
            _ => [filter.Type.ToString().ToLowerInvariant()],
        };
    }

    /// <summary>All sub-bands of each level but the approximation, which only the last one has; the first level, whichever it is, carries no number.</summary>
    private static IEnumerable<string> Bands(int levels, bool inSlices)
    {
        var bands = inSlices ? WaveletBands.OfSlices : WaveletBands.OfVolume;
        for (var level = 1; level <= levels; level++)
        {
            var number = level == 1 ? "" : level.ToString(CultureInfo.InvariantCulture);
            foreach (var band in bands)
            {
                if (level == levels || band.Contains('H', StringComparison.Ordinal))
                {
                    yield return $"wavelet{number}-{band}";
                }
            }
        }
    }
}
