namespace Radiomics.Extraction;

/// <summary>
/// What a filter reads and where its response is wanted. Where the domain ends the image must end too, or lie farther from <see cref="Output"/> than the
/// filter reaches: beyond the domain a filter sees what its border rule says.
/// </summary>
/// <param name="Voxels">Intensities, x fastest.</param>
/// <param name="Size">Voxels along each axis.</param>
/// <param name="Spacing">mm.</param>
/// <param name="Output">The box of the domain whose responses are wanted; a response map has its layout.</param>
/// <param name="Center">An intensity amid those of the ROI: sums of differences from it lose nothing to a high baseline.</param>
internal readonly record struct FilterDomain(
    float[] Voxels, (int X, int Y, int Z) Size, (double X, double Y, double Z) Spacing, VoxelBox Output, float Center);
