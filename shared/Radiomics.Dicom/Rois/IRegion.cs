using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A region drawn by somebody, in patient coordinates, that can be laid onto any grid.</summary>
internal interface IRegion
{
    /// <summary>The voxels of <paramref name="grid"/> that lie in the region; may be none.</summary>
    Mask OnGrid(VolumeGeometry grid);

    /// <summary>The part of the region, from 0 to 1, that lies beyond the outer faces of <paramref name="grid"/>.</summary>
    double ShareOutside(VolumeGeometry grid);

    /// <summary>Whether another region has the same shape at the same place, drawn in the same way.</summary>
    bool IsSameAs(IRegion other);
}
