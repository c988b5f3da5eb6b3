namespace FellowOakDicom.IO;

/// <summary>Bytes can't be read or written.</summary>
public class DicomIoException : DicomException
{
    public DicomIoException(string message)
        : base(message)
    {
    }

    public DicomIoException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
