using System.IO.Compression;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>An upload as a zip. Nothing is unpacked to disk; entries are inflated as they are read.</summary>
public sealed class ZipStudySource : IStudySource, IDisposable
{
    internal const string BrokenDetail =
        "The upload is not a zip archive that can be read to its end: it is another kind of file, encrypted, or was cut short. Pack the study again and send it again.";

    private readonly ZipArchive _archive;
    private readonly ArchiveBudget _budget;
    private readonly ZipArchiveEntry[] _entries;

    /// <summary>Reads the archive's directory. <paramref name="zip"/> must be seekable and stays open after disposal.</summary>
    /// <exception cref="RadiomicsException"><c>NotAZip</c>, <c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>.</exception>
    public ZipStudySource(Stream zip, ArchiveLimits? limits = null)
    {
        _budget = new ArchiveBudget(limits ?? new ArchiveLimits());
        try
        {
            _archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
            _budget.Entries(_archive.Entries.Count);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw new RadiomicsException("NotAZip", BrokenDetail, e);
        }

        _entries = [.. _archive.Entries.Where(entry => EntryNames.MayBeDicom(entry.FullName))];
        if (_entries.Any(entry => entry.IsEncrypted))
        {
            throw new RadiomicsException("NotAZip", BrokenDetail);
        }
    }

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public Stream Open(int index)
    {
        try
        {
            return new BudgetedStream(_entries[index].Open(), _budget, index, _entries[index].CompressedLength);
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
}
