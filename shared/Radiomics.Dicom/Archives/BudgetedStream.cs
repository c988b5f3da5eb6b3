using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads one entry, counting every byte against the upload's budget; broken compressed data becomes <c>NotAZip</c>.</summary>
internal sealed class BudgetedStream(Stream inner, ArchiveBudget budget, int entry, long? storedBytes, long? length) : Stream
{
    private long _read;

    /// <summary>Bytes of the entry, as its archive or file system says; null if neither does.</summary>
    public long? KnownLength => length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inner.Read(buffer);
        }
        catch (Exception e) when (storedBytes is not null && e is InvalidDataException or EndOfStreamException)
        {
            throw new RadiomicsException("NotAZip", ZipStudySource.BrokenDetail, e);
        }

        _read += count;
        budget.Read(entry, _read, storedBytes);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
