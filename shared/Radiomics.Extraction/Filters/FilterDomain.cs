namespace Radiomics.Extraction;

/// <summary>
/// What a filter reads and where its response is wanted. Where the domain ends the image must end too, or lie farther from <see cref="Output"/> than the
/// filter reaches: beyond the domain a filter sees what its border rule says.
/// </summary>
/// <param name="Voxels">Intensities, x fastest; empty if they are <see cref="Doubles"/>.</param>
/// <param name="Size">Voxels along each axis.</param>
/// <param name="Spacing">mm.</param>
/// <param name="Output">The box of the domain whose responses are wanted; a response map has its layout.</param>
/// <param name="Center">An intensity amid those of the ROI: sums of differences from it lose nothing to a high baseline.</param>
internal readonly record struct FilterDomain(
    float[] Voxels, (int X, int Y, int Z) Size, (double X, double Y, double Z) Spacing, VoxelBox Output, float Center)
{
    /// <summary>Intensities that floats would round, of which <see cref="ExactFilters"/> make responses; null if <see cref="Voxels"/> holds them.</summary>
    public double[]? Doubles { get; init; }

    /// <summary>Intensities as they are held.</summary>
    public Intensities Intensities => Doubles is { } doubles ? doubles : Voxels;

    /// <summary>The domain of intensities however they are held; the center lies between the lowest and the highest of the ROI.</summary>
    public static FilterDomain Of(
        Intensities voxels, (int X, int Y, int Z) size, (double X, double Y, double Z) spacing, VoxelBox output, double lowest, double highest)
    {
        var center = (float)lowest / 2 + (float)highest / 2;
        return voxels.Doubles is { } doubles
            ? new([], size, spacing, output, center) { Doubles = doubles }
            : new(voxels.Floats, size, spacing, output, center);
    }
}
