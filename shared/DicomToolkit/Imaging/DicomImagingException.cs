namespace FellowOakDicom.Imaging;

/// <summary>Pixel data can't be had as asked for.</summary>
public class DicomImagingException : DicomException
{
    public DicomImagingException(string message)
        : base(message)
    {
    }

    public DicomImagingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
