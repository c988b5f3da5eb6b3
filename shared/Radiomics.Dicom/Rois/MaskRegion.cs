using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A region drawn as voxels (SEG).</summary>
internal sealed class MaskRegion(Mask mask) : IRegion
{
    /// <inheritdoc/>
    public Mask OnGrid(VolumeGeometry grid) => MaskResampler.Resample(mask, grid);
}
