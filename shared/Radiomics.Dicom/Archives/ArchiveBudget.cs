using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Counts what is really read from an upload against its limits; what headers promise isn't believed.</summary>
internal sealed class ArchiveBudget(ArchiveLimits limits)
{
    private readonly Dictionary<int, long> _readByEntry = [];
    private long _total;

    /// <summary>Refuses too many entries.</summary>
    public void Entries(int count)
    {
        if (count > limits.MaxEntries)
        {
            throw TooLarge($"{count} entries; {limits.MaxEntries} are allowed");
        }
    }

    /// <summary>
    /// Notes that <paramref name="read"/> bytes of an entry have been read in this pass. Bytes count once, however often an entry is
    /// opened.
    /// </summary>
    public void Read(int entry, long read, long? storedBytes)
    {
        if (read > limits.MaxEntryBytes)
        {
            throw TooLarge($"an entry of more than {limits.MaxEntryBytes} bytes");
        }

        if (storedBytes is { } stored && read > limits.RatioFloorBytes && read > limits.MaxRatio * Math.Max(stored, 1))
        {
            throw TooLarge($"an entry that inflates to more than {limits.RatioFloorBytes} bytes and more than {limits.MaxRatio} times its stored size");
        }

        var before = _readByEntry.GetValueOrDefault(entry);
        if (read > before)
        {
            _readByEntry[entry] = read;
            _total += read - before;
        }

        if (_total > limits.MaxTotalBytes)
        {
            throw TooLarge($"more than {limits.MaxTotalBytes} bytes");
        }
    }

    /// <summary>The same for what an entry holds deflated inside it, which counts beside the entry's own bytes.</summary>
    public void ReadInside(int entry, long read, long storedBytes) => Read(~entry, read, storedBytes);

    private static RadiomicsException TooLarge(string what) =>
        new("ArchiveTooLarge", $"The upload holds {what}. Send one study per upload, without other files, or ask for a higher limit.");
}
