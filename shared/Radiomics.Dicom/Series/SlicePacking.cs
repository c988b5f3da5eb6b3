namespace Radiomics.Dicom;

/// <summary>Ways in which scanners put several slices into one image of the classic MR class.</summary>
internal enum SlicePacking
{
    /// <summary>The slices lie side by side in one large image (Siemens mosaic).</summary>
    Mosaic,

    /// <summary>The slices are frames that no functional group describes (e.g. United Imaging).</summary>
    Frames,
}
