using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Radiomics.Pipeline;

/// <summary>Reads where chains end, for who goes on with them.</summary>
internal sealed class AuditTails(BlobStore store)
{
    private const int TailBytes = 256 * 1024;

    /// <summary>The last line of a chain and where it lies; a segment that has just begun may have none yet.</summary>
    public async Task<(AuditSegment Segment, AuditLine? Last)> TipAsync(string center, CancellationToken cancellation)
    {
        foreach (var segment in (await AuditSegments.ListAsync(store, center, cancellation)).AsEnumerable().Reverse())
        {
            if ((await ReadAsync(segment, cancellation)).Last is { } last)
            {
                return (segment, last);
            }
        }

        return default;
    }

    /// <summary>The last line before a segment; null if there is no segment before.</summary>
    public async Task<AuditLine?> LastBeforeAsync(AuditSegment segment, CancellationToken cancellation) =>
        await PreviousAsync(segment, cancellation) is { } previous
            ? (await ReadAsync(previous, cancellation)).Last ?? throw new InvalidDataException($"The audit segment {previous.Blob} is empty.")
            : null;

    /// <summary>Whether an event stands in the tail of the segment before one that was read whole.</summary>
    public async Task<bool> PreviousHoldsAsync(AuditSegment segment, AuditTail tail, string id, CancellationToken cancellation) =>
        tail.IsWhole && await PreviousAsync(segment, cancellation) is { } previous && (await ReadAsync(previous, cancellation)).Holds(id);

    private async Task<AuditSegment?> PreviousAsync(AuditSegment segment, CancellationToken cancellation)
    {
        if (segment.Number > 1)
        {
            return segment with { Number = segment.Number - 1 };
        }

        var before = (await AuditSegments.ListAsync(store, segment.Center, cancellation)).Where(s => s.CompareTo(segment) < 0).ToList();
        return before.Count > 0 ? before[^1] : null;
    }

    /// <summary>The end of a segment, of which the last line is whole.</summary>
    /// <exception cref="InvalidDataException">It doesn't end with an event.</exception>
    public async Task<AuditTail> ReadAsync(AuditSegment segment, CancellationToken cancellation)
    {
        var blob = store.AppendBlob(Containers.Audit, segment.Blob);
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            var length = properties.ContentLength;
            if (length == 0)
            {
                return new AuditTail(Exists: true, Length: 0, IsWhole: true, []);
            }

            var start = Math.Max(0, length - TailBytes);
            var content = (await blob.DownloadContentAsync(
                new BlobDownloadOptions { Range = new HttpRange(start, length - start) },
                cancellation)).Value.Content;
            return new AuditTail(Exists: true, length, IsWhole: start == 0, ParseTail(content.ToArray(), segment));
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return new AuditTail(Exists: false, Length: 0, IsWhole: true, []);
        }
    }

    private static List<AuditLine> ParseTail(byte[] bytes, AuditSegment segment)
    {
        List<AuditLine> lines = [];
        foreach (var range in bytes.AsSpan().Split((byte)'\n'))
        {
            // The first piece may be the end of a line.
            if (AuditLine.TryParse(bytes.AsSpan(range)) is { } line)
            {
                lines.Add(line);
            }
        }

        return lines.Count > 0 && bytes[^1] == '\n'
            ? lines
            : throw new InvalidDataException($"The audit segment {segment.Blob} doesn't end with an event; nothing is appended to a broken chain.");
    }
}

/// <summary>The end of a segment.</summary>
/// <param name="Exists">Whether there is such a segment.</param>
/// <param name="Length">Its length, bytes.</param>
/// <param name="IsWhole">Whether its beginning was read, too.</param>
/// <param name="Lines">The lines that were read.</param>
internal sealed record AuditTail(bool Exists, long Length, bool IsWhole, List<AuditLine> Lines)
{
    public AuditLine? Last => Lines.Count > 0 ? Lines[^1] : null;

    public bool Holds(string id) => Lines.Any(line => line.Id == id);
}
