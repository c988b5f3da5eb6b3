using System.IO.Hashing;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Reads an entry of a zip, counting every byte against the upload's budget. Whoever comes to its end, by reading as many bytes as the directory says or by asking for more than come, has had
/// the bytes that were packed, or gets <c>ArchiveDamaged</c>.
/// </summary>
/// <param name="inner">The content.</param>
/// <param name="entry">What it must be.</param>
/// <param name="budget">Counts.</param>
/// <param name="index">What the budget calls the entry.</param>
/// <param name="isKept">Whether its bytes are kept; if not, only the total counts.</param>
/// <param name="onIntact">Told once the end has been reached.</param>
internal sealed class ZipEntryStream(Stream inner, ZipEntry entry, ArchiveBudget budget, int index, bool isKept, Action onIntact) : ForwardStream(inner), IEntryStream
{
    private readonly Stream _inner = inner;
    private readonly Crc32 _crc32 = new();
    private long _read;
    private bool _isOver;

    /// <inheritdoc/>
    public long? KnownLength => entry.Length;

    /// <inheritdoc/>
    public void Admit() => budget.Entry(entry.Length, entry.StoredBytes);

    public override int Read(Span<byte> buffer)
    {
        if (_isOver || buffer.Length == 0)
        {
            return 0;
        }

        var count = ReadInner(buffer);
        _read += count;
        if (isKept)
        {
            budget.Entry(_read, entry.StoredBytes);
        }

        budget.Read(index, _read);
        _crc32.Append(buffer[..count]);
        if (_read > entry.Length)
        {
            throw ZipDirectory.Damaged("a file of it unpacks to more bytes than it says");
        }

        if (count == 0 || _read == entry.Length)
        {
            End();
        }

        return count;
    }

    private void End()
    {
        if (_read < entry.Length)
        {
            throw ZipDirectory.Damaged("a file of it unpacks to fewer bytes than it says");
        }

        Span<byte> one = stackalloc byte[1];
        if (ReadInner(one) > 0)
        {
            throw ZipDirectory.Damaged("a file of it unpacks to more bytes than it says");
        }

        if (_crc32.GetCurrentHashAsUInt32() != entry.Crc32)
        {
            throw ZipDirectory.Damaged("a file of it doesn't have the checksum (CRC-32) it was packed with");
        }

        _isOver = true;
        onIntact();
    }

    private int ReadInner(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw ZipDirectory.Damaged("the compressed data of a file of it can't be read", e);
        }
    }
}
