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
    /// <exception cref="RadiomicsException">
    /// <c>NotAZip</c>, <c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>; <c>ArchiveEncrypted</c>, <c>ArchiveNested</c>,
    /// <c>UnsupportedCompression</c>: an entry needs a password, is a zip itself, or is compressed by a method that isn't read here.
    /// </exception>
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

        _entries = [.. _archive.Entries.Where(entry => EntryNames.MayBeDicom(entry.FullName))];
        Refuse(methods);
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
    public string NameOf(int index) => EntryNames.File(_entries[index].FullName);

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

    private void Refuse(IReadOnlyList<ZipMethod> methods)
    {
        if (_entries.Any(entry => entry.IsEncrypted) || methods.Contains(ZipMethod.Encrypted))
        {
            throw new RadiomicsException("ArchiveEncrypted", "The archive needs a password. Pack the study again without one; the way it is sent protects it.");
        }

        string[] unread = [.. methods.Where(method => !method.IsRead()).Select(method => method.Name())];
        if (unread.Length > 0)
        {
            throw new RadiomicsException(
                "UnsupportedCompression",
                $"The archive has entries compressed by {string.Join(" and ", unread)}, which isn't read here. Pack the study again as a plain zip (Deflate).");
        }

        if (_entries.Any(IsZip))
        {
            throw new RadiomicsException("ArchiveNested", "The archive holds another zip archive, which isn't opened. Unpack it, and send the files of the study as one zip.");
        }
    }

    /// <summary>By name and by its first bytes: other files (documents, Java programs) are zips inside, too, and no business of ours.</summary>
    private static bool IsZip(ZipArchiveEntry entry)
    {
        if (!entry.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            Span<byte> start = stackalloc byte[4];
            using var content = entry.Open();
            return content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PK\x03\x04"u8);
        }
        catch (InvalidDataException e)
        {
            throw new RadiomicsException("NotAZip", BrokenDetail, e);
        }
    }
}
