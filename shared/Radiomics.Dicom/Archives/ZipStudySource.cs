using System.IO.Compression;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>An upload as a zip. Nothing is unpacked to disk; entries are inflated as they are read.</summary>
public sealed class ZipStudySource : IStudySource, IDisposable
{
    internal const string BrokenDetail =
        "The upload is not a zip archive that can be read to its end: it is another kind of file, or was cut short. Pack the study again and send it again.";

    private readonly ZipArchive _archive;
    private readonly ArchiveBudget _budget;
    private readonly ZipArchiveEntry[] _entries;

    /// <summary>Reads the archive's directory. <paramref name="zip"/> must be seekable and stays open after disposal.</summary>
    /// <exception cref="RadiomicsException"><c>NotAZip</c>, <c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>.</exception>
    public ZipStudySource(Stream zip, ArchiveLimits? limits = null)
    {
        _budget = new ArchiveBudget(limits ?? new ArchiveLimits());
        IReadOnlyList<ZipMethod> methods;
        try
        {
            _archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
            _budget.Entries(_archive.Entries.Count);
            methods = ZipDirectory.Methods(zip);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw new RadiomicsException("NotAZip", BrokenDetail, e);
        }

        var isListed = methods.Count == _archive.Entries.Count;
        var entries = _archive.Entries
            .Select((entry, n) => (Entry: entry, Closed: Closed(entry, isListed ? methods[n] : ZipMethod.Deflate)))
            .Where(item => EntryNames.MayBeDicom(item.Entry.FullName))
            .ToLookup(item => item.Closed is null);
        _entries = [.. entries[true].Select(item => item.Entry)];
        Unopened = [.. entries[false].Select(item => item.Closed!)];
        if (_archive.Entries.Any(entry => entry.FullName.Contains('\\')))
        {
            Warnings = ["The archive's entries have names with backslashes; they were taken for folders."];
        }
    }

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<UnopenedFile> Unopened { get; }

    /// <inheritdoc/>
    public string NameOf(int index) => EntryNames.File(_entries[index].FullName);

    /// <inheritdoc/>
    public Stream Open(int index)
    {
        try
        {
            return new BudgetedStream(_entries[index].Open(), _budget, index, _entries[index].CompressedLength, _entries[index].Length);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new RadiomicsException("NotAZip", BrokenDetail, e);
        }
    }

    /// <inheritdoc/>
    public void CountInflated(int index, long inflated, long deflated) =>
        _budget.ReadInside(index, inflated, Math.Min(deflated, _entries[index].CompressedLength));

    /// <summary>Lets go of the archive; the stream it was made from stays open.</summary>
    public void Dispose() => _archive.Dispose();

    /// <summary>Why an entry can't be opened; null if it can.</summary>
    private static UnopenedFile? Closed(ZipArchiveEntry entry, ZipMethod method) =>
        entry.IsEncrypted || method == ZipMethod.Encrypted ? UnopenedFile.Encrypted
        : method.IsRead() ? null
        : UnopenedFile.Compressed(method.Name());
}
