namespace Radiomics.DicomWeb;

/// <summary>A DICOM file (PS3.10) to be stored.</summary>
/// <param name="Open">Opens its bytes from the start; called once for each try, and the stream is closed after it.</param>
/// <param name="Length">Its length in bytes; null if it isn't known before.</param>
public sealed record StoreItem(Func<CancellationToken, ValueTask<Stream>> Open, long? Length = null)
{
    /// <summary>A file on disk.</summary>
    public static StoreItem FromFile(string path) =>
        new(_ => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true)), new FileInfo(path).Length);

    /// <summary>A file in memory.</summary>
    public static StoreItem FromBytes(BinaryData content) => new(_ => new(content.ToStream()), content.ToMemory().Length);
}
