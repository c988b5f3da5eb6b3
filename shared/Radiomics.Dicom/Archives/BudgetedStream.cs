using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads one entry, counting every byte against the upload's budget; broken compressed data becomes <c>NotAZip</c>.</summary>
internal sealed class BudgetedStream(Stream inner, ArchiveBudget budget, int entry, long? storedBytes, long? length) : ForwardStream(inner)
{
    private readonly Stream _inner = inner;
    private long _read;

    /// <summary>Bytes of the entry, as its archive or file system says; null if neither does.</summary>
    public long? KnownLength => length;

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = _inner.Read(buffer);
        }
        catch (Exception e) when (storedBytes is not null && e is InvalidDataException or EndOfStreamException)
        {
            throw new RadiomicsException("NotAZip", ZipStudySource.BrokenDetail, e);
        }

        _read += count;
        budget.Read(entry, _read, storedBytes);
        return count;
    }
}
