using System.IO.Compression;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>An upload as a zip. Entries are inflated as they are read, and each is held against its checksum and length.</summary>
public sealed class ZipStudySource : IStudySource, IDisposable
{
    private readonly Stream _zip;
    private readonly ArchiveBudget _budget;
    private readonly ZipEntry[] _entries;
    private readonly bool[] _isIntact;
    private readonly TemporaryEntries _temporary;
    private readonly Lazy<ZipArchive> _archive;

    /// <summary>Reads the archive's directory. <paramref name="zip"/> must be seekable and stays open after disposal.</summary>
    /// <param name="zip">The archive.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="temporary">Makes a file for an entry that is too large for the memory; the system's folder for temporary files if null.</param>
    /// <exception cref="RadiomicsException"><c>NotAZip</c>, <c>ArchiveDamaged</c>, <c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>.</exception>
    public ZipStudySource(Stream zip, ArchiveLimits? limits = null, Func<Stream>? temporary = null)
    {
        Limits = limits ?? new ArchiveLimits();
        _zip = zip;
        _budget = new ArchiveBudget(Limits);
        _temporary = new TemporaryEntries(temporary);
        _archive = new(() => new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true));
        IReadOnlyList<ZipEntry> all;
        try
        {
            all = ZipDirectory.Read(zip, _budget);
        }
        catch (EndOfStreamException e)
        {
            throw ZipDirectory.NotAZip(e);
        }

        var entries = all
            .Select(entry => (Entry: entry, Closed: Closed(entry)))
            .Where(item => EntryNames.MayBeDicom(item.Entry.Name))
            .ToLookup(item => item.Closed is null);
        _entries = [.. entries[true].Select(item => item.Entry)];
        _budget.Total(_entries.Aggregate(0L, (sum, entry) => Math.Min(sum, long.MaxValue / 2) + Math.Min(entry.Length, long.MaxValue / 2)));
        _isIntact = new bool[_entries.Length];
        Unopened = [.. entries[false].Select(item => item.Closed!)];
        if (all.Any(entry => entry.Name.Contains('\\')))
        {
            Warnings = ["The archive's entries have names with backslashes; they were taken for folders."];
        }
    }

    /// <inheritdoc/>
    public ArchiveLimits Limits { get; }

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<UnopenedFile> Unopened { get; }

    /// <inheritdoc/>
    public string NameOf(int index) => EntryNames.File(_entries[index].Name);

    /// <inheritdoc/>
    public Stream Open(int index) => Open(index, isKept: true);

    /// <inheritdoc/>
    public Stream CreateTemporary() => _temporary.Create();

    /// <inheritdoc/>
    public void CountKept(long bytes) => _budget.Kept(bytes);

    /// <inheritdoc/>
    public void CountInflated(int index, long inflated, long deflated) =>
        _budget.ReadInside(index, inflated, Math.Min(deflated, _entries[index].StoredBytes));

    /// <inheritdoc/>
    public void EnsureIntact()
    {
        for (var index = 0; index < _entries.Length; index++)
        {
            if (!_isIntact[index])
            {
                using var stream = Open(index, isKept: false);
                stream.CopyTo(Stream.Null);
            }
        }
    }

    /// <summary>Lets go of the archive; the stream it was made from stays open.</summary>
    public void Dispose()
    {
        _temporary.Dispose();
        if (_archive.IsValueCreated)
        {
            _archive.Value.Dispose();
        }
    }

    private ZipEntryStream Open(int index, bool isKept)
    {
        var entry = _entries[index];
        return new ZipEntryStream(Inflated(entry), entry, _budget, index, isKept, () => _isIntact[index] = true);
    }

    private Stream Inflated(ZipEntry entry)
    {
        var stored = new PartStream(_zip, entry.DataOffset, entry.StoredBytes);
        return entry.Method switch
        {
            ZipMethod.Stored => stored,
            ZipMethod.Deflate => new DeflateStream(stored, CompressionMode.Decompress),
            _ => Deflate64(entry),
        };
    }

    /// <summary>Only the runtime's own reader knows that method; it counts entries in the same order.</summary>
    private Stream Deflate64(ZipEntry entry)
    {
        try
        {
            return _archive.Value.Entries[entry.Number].Open();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw ZipDirectory.NotAZip(e);
        }
    }

    /// <summary>Why an entry can't be opened; null if it can.</summary>
    private static UnopenedFile? Closed(ZipEntry entry) =>
        entry.IsEncrypted || entry.Method == ZipMethod.Encrypted ? UnopenedFile.Encrypted
        : entry.Method.IsRead() ? null
        : UnopenedFile.Compressed(entry.Method.Name());
}
