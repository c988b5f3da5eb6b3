using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads one file, counting every byte against the upload's budget.</summary>
internal sealed class BudgetedStream(Stream inner, ArchiveBudget budget, int entry, long? length) : ForwardStream(inner), IEntryStream
{
    private readonly Stream _inner = inner;
    private long _read;

    /// <inheritdoc/>
    public long? KnownLength => length;

    /// <inheritdoc/>
    public void Admit() => budget.Entry(length ?? 0, storedBytes: null);

    public override int Read(Span<byte> buffer)
    {
        var count = _inner.Read(buffer);
        _read += count;
        budget.Entry(_read, storedBytes: null);
        budget.Read(entry, _read);
        return count;
    }
}
