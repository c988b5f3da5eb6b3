namespace FellowOakDicom.IO.Reader;

/// <summary>Bytes aren't a dataset (PS3.5) or a file (PS3.10).</summary>
public class DicomReaderException : DicomException
{
    public DicomReaderException(string message)
        : base(message)
    {
    }

    public DicomReaderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
