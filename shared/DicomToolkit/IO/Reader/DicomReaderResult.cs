namespace FellowOakDicom.IO.Reader;

/// <summary>How the reading of a file ended.</summary>
public enum DicomReaderResult
{
    Processing,
    Success,
    Error,
    Stopped,

    /// <summary>The bytes ended within an item.</summary>
    Suspended,
}
