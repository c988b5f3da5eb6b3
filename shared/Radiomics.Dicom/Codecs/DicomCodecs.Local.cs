namespace Radiomics.Dicom;

/// <summary>Decoders for compressed pixel data, with the local toolkit, which brings its own and finds them itself.</summary>
public static class DicomCodecs
{
    /// <summary>Called once, before the first DICOM file is read.</summary>
    public static void Register()
    {
    }
}
