namespace Radiomics.Pipeline;

/// <summary>Reads segments from a place or a time on: events stand in the order of time, so that a time is found by bisection.</summary>
internal sealed class SegmentReader(BlobStore store)
{
    /// <summary>Bytes of a segment.</summary>
    public async Task<long> LengthAsync(string blob, CancellationToken cancellation) =>
        (await store.Blob(Containers.Audit, blob).GetPropertiesAsync(cancellationToken: cancellation)).Value.ContentLength;

    /// <summary>A place in a segment before which every line is older than a time, by less than a piece too early.</summary>
    public async Task<long> FirstSinceAsync(string blob, long length, DateTime time, CancellationToken cancellation)
    {
        var (older, newer) = (0L, length);
        while (newer - older > AuditSegments.PieceBytes)
        {
            var middle = (older + newer) / 2;
            if (await TimeAfterAsync(blob, middle, cancellation) < time)
            {
                older = middle;
            }
            else
            {
                newer = middle;
            }
        }

        return older;
    }

    /// <summary>The time of the first line that begins after a place; the end of time if none does.</summary>
    private async Task<DateTime> TimeAfterAsync(string blob, long place, CancellationToken cancellation)
    {
        await foreach (var bytes in LinesAsync(blob, place, cancellation))
        {
            if (AuditLine.TryParse(bytes) is { } line)
            {
                return line.Time;
            }
        }

        return DateTime.MaxValue;
    }

    /// <summary>The whole lines of a segment: all, or those that begin at or after a place.</summary>
    public IAsyncEnumerable<byte[]> LinesAsync(string blob, long? place, CancellationToken cancellation) =>
        AuditSegments.LinesAsync(store, blob, place, cancellation).Where(line => line.IsComplete).Select(line => line.Bytes);
}
