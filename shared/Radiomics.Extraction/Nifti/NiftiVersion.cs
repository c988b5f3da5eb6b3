namespace Radiomics.Extraction;

/// <summary>Version of the format to write; both are read.</summary>
public enum NiftiVersion
{
    /// <summary>NIfTI-1, which everything reads: positions as 32-bit floats, at most 32,767 voxels along an axis.</summary>
    Nifti1,

    /// <summary>NIfTI-2: positions as doubles, axes of any length.</summary>
    Nifti2,
}
