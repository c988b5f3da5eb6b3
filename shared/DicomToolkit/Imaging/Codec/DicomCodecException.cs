namespace FellowOakDicom.Imaging.Codec;

/// <summary>Pixel data can't be compressed or decompressed.</summary>
public class DicomCodecException : DicomException
{
    public DicomCodecException(string message)
        : base(message)
    {
    }

    public DicomCodecException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
