namespace Radiomics.Extraction;

/// <summary>
/// A band of Simoncelli's non-separable wavelets (IBSI-2, section 3.7), or a component of its Riesz transform: defined by its frequency response, and
/// periodic as that makes it. The consortium's values of phase 2 are those of a periodic border, too.
/// </summary>
internal static class SimoncelliFilter
{
    /// <summary>Filters <paramref name="domain"/>, which must be the whole image, into <paramref name="response"/>, in the layout of its output box.</summary>
    /// <param name="domain">The image.</param>
    /// <param name="inPlane">Whether each slice is filtered for itself.</param>
    /// <param name="level">The band, 1 for the highest frequencies.</param>
    /// <param name="riesz">Orders of the Riesz transform along x, y, z; null: none.</param>
    /// <param name="response">The map.</param>
    /// <param name="threads">Most threads at a time; the values don't depend on it.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: no wave of the band fits into the image.</exception>
    public static void Apply(
        FilterDomain domain,
        bool inPlane,
        int level,
        (int X, int Y, int Z)? riesz,
        float[] response,
        int threads,
        CancellationToken cancellation)
    {
        var image = WholeImage.Of(domain, BorderRule.Periodic, inPlane);
        var spectral = Spectral(domain, inPlane, level, riesz);
        ExtractionSettings.Require(
            spectral.HasWaves(),
            $"A 'simoncelli' filter of level {level} sees only waves that are longer than the image, which has {image.Size.X} × {image.Size.Y} × {image.Size.Z} voxels, "
                + "and its map would be the same everywhere: take a lower level.");
        SpectralFilter.Apply(image.Voxels, image.Size, inPlane, spectral, threads, cancellation);
        image.CopyOutput(image.Voxels, (float)(spectral.OfConstant * image.Center), response);
    }

    /// <summary>By what the spectrum of a domain, or of its slices, is multiplied.</summary>
    public static SpectralResponse Spectral(FilterDomain domain, bool inPlane, int level, (int X, int Y, int Z)? riesz) =>
        new(inPlane ? domain.Size with { Z = 1 } : domain.Size, domain.Spacing, level, riesz);
}
