using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Counts what an upload says that it holds, and what is really read from it, against its limits.</summary>
internal sealed class ArchiveBudget(ArchiveLimits limits)
{
    private readonly Dictionary<int, long> _readByEntry = [];
    private long _total;
    private long _kept;

    /// <summary>Refuses too many entries.</summary>
    public void Entries(long count)
    {
        if (count > limits.MaxEntries)
        {
            throw TooLarge($"{count} entries; {limits.MaxEntries} are allowed");
        }
    }

    /// <summary>Refuses more bytes of all entries together than are allowed.</summary>
    public void Total(long bytes)
    {
        if (bytes > limits.MaxTotalBytes)
        {
            throw TooLarge($"more than {limits.MaxTotalBytes} bytes");
        }
    }

    /// <summary>Refuses an entry of so many bytes, whether it says so or has been read so far.</summary>
    public void Entry(long bytes, long? storedBytes)
    {
        if (bytes > limits.MaxEntryBytes)
        {
            throw TooLarge($"an entry of more than {limits.MaxEntryBytes} bytes");
        }

        if (storedBytes is { } stored && bytes > limits.RatioFloorBytes && bytes > limits.MaxRatio * Math.Max(stored, 1))
        {
            throw TooLarge($"an entry that inflates to more than {limits.RatioFloorBytes} bytes and more than {limits.MaxRatio} times its stored size");
        }
    }

    /// <summary>
    /// Notes that <paramref name="read"/> bytes of an entry have been read in this pass. Bytes count once, however often an entry is
    /// opened.
    /// </summary>
    public void Read(int entry, long read)
    {
        var before = _readByEntry.GetValueOrDefault(entry);
        if (read > before)
        {
            _readByEntry[entry] = read;
            _total += read - before;
        }

        Total(_total);
    }

    /// <summary>Both for what an entry holds deflated inside it, which counts beside the entry's own bytes.</summary>
    public void ReadInside(int entry, long read, long storedBytes)
    {
        Entry(read, storedBytes);
        Read(~entry, read);
    }

    /// <summary>Notes that a file of so many bytes stays on the disk until the upload has been read; all of them together may have what one may.</summary>
    public void Kept(long bytes)
    {
        _kept += bytes;
        if (_kept > limits.MaxEntryBytes)
        {
            throw TooLarge($"regions of interest of more than {limits.MaxEntryBytes} bytes");
        }
    }

    private static RadiomicsException TooLarge(string what) =>
        new("ArchiveTooLarge", $"The upload holds {what}. Send one study per upload, without other files, or ask for a higher limit.");
}
