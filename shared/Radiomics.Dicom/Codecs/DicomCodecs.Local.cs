namespace Radiomics.Dicom;

/// <summary>Decoders for compressed pixel data, with the local toolkit, which brings its own and finds them itself.</summary>
public static class DicomCodecs
{
    /// <summary>Called before the first DICOM file is read; more often does no harm.</summary>
    public static void Register()
    {
    }
}
