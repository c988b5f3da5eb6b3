namespace Radiomics.Extraction;

/// <summary>NIfTI-1 in and out (.nii, .nii.gz). NIfTI is RAS; volumes here are LPS: converted at this border.</summary>
public static class NiftiFile
{
    /// <summary>Reads an image; gzip is recognised by its magic bytes.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    public static Volume ReadVolume(Stream stream) => throw new NotSupportedException();

    /// <summary>Reads an ROI: voxels equal to <paramref name="label"/>, or any non-zero voxel if null.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>.</exception>
    public static Mask ReadMask(Stream stream, int? label = null) => throw new NotSupportedException();

    /// <summary>Writes a gzipped NIfTI-1 image of float voxels; the same volume gives the same bytes.</summary>
    public static void Write(Stream stream, Volume volume) => throw new NotSupportedException();

    /// <summary>Writes a gzipped NIfTI-1 image of unsigned bytes; the same mask gives the same bytes.</summary>
    public static void Write(Stream stream, Mask mask) => throw new NotSupportedException();
}
