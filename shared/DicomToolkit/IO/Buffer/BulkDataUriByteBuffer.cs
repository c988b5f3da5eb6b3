namespace FellowOakDicom.IO.Buffer;

/// <summary>A value that a DICOMweb answer refers to.</summary>
public interface IBulkDataUriByteBuffer : IByteBuffer
{
    string BulkDataUri { get; }
}

/// <summary>A value that isn't here until whoever fetches it sets <see cref="Data"/>.</summary>
public class BulkDataUriByteBuffer(string bulkDataUri) : IBulkDataUriByteBuffer
{
    private byte[]? _data;

    public bool IsMemory => _data is not null;

    public string BulkDataUri { get; private set; } = bulkDataUri;

    /// <exception cref="InvalidOperationException">It hasn't been fetched.</exception>
    public virtual byte[] Data
    {
        get => _data ?? throw new InvalidOperationException("BulkDataUriByteBuffer cannot provide data until its Data property has been set.");
        set => _data = value;
    }

    public virtual long Size => Data.Length;

    public void GetByteRange(long offset, int count, byte[] output)
    {
        ByteRange.Check(output, count);
        Array.Copy(Data, (int)offset, output, 0, count);
    }

    public void CopyToStream(Stream stream) => ByteRange.Copy(this, stream);

    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) => ByteRange.CopyAsync(this, stream, cancellationToken);
}
