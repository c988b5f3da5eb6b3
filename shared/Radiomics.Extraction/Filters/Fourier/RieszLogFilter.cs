namespace Radiomics.Extraction;

/// <summary>
/// A component of the Riesz transform of a Laplacian of Gaussian (IBSI-2, section 3.8): the image, continued by half its size on each side where the border isn't periodic, is filtered by the LoG, and
/// the response transformed.
/// </summary>
internal static class RieszLogFilter
{
    /// <summary>Filters <paramref name="domain"/>, which must be the whole image, into <paramref name="response"/>, in the layout of its output box.</summary>
    public static void Apply(
        FilterDomain domain, FilterSettings filter, (int X, int Y, int Z) order, float[] response, int threads, CancellationToken cancellation)
    {
        var image = WholeImage.Of(domain, filter.Border, filter.IsInSlices);
        var map = new float[image.Voxels.Length];
        var whole = new FilterDomain(image.Voxels, image.Size, domain.Spacing, VoxelBox.Whole(image.Size), 0);
        LogFilter.Apply(whole, filter, map, cancellation);
        var size = filter.IsInSlices ? (image.Size.X, image.Size.Y, 1) : image.Size;
        SpectralFilter.Apply(map, image.Size, filter.IsInSlices, new(size, domain.Spacing, level: null, order), threads, cancellation);
        image.CopyOutput(map, 0, response);
    }
}
