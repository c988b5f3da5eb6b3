using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>Reads segments from a place or a time on: events stand in the order of time, so that a time is found by bisection.</summary>
internal sealed class SegmentReader(BlobStore store)
{
    private const int PieceBytes = 64 * 1024;
    private const int LongestLine = 1 << 20;

    /// <summary>Bytes of a segment.</summary>
    public async Task<long> LengthAsync(string blob, CancellationToken cancellation) =>
        (await store.Blob(Containers.Audit, blob).GetPropertiesAsync(cancellationToken: cancellation)).Value.ContentLength;

    /// <summary>A place in a segment before which every line is older than a time, by less than a piece too early.</summary>
    public async Task<long> FirstSinceAsync(string blob, long length, DateTime time, CancellationToken cancellation)
    {
        var (older, newer) = (0L, length);
        while (newer - older > PieceBytes)
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

    /// <summary>The lines of a segment that begin after a place, or at its beginning.</summary>
    public async IAsyncEnumerable<byte[]> LinesAsync(string blob, long place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The end of the line before tells that one begins here.
        var options = new BlobOpenReadOptions(allowModifications: true) { Position = Math.Max(0, place - 1), BufferSize = PieceBytes };
        Stream stream;
        try
        {
            stream = await store.Blob(Containers.Audit, blob).OpenReadAsync(options, cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            yield break;
        }

        await using (stream)
        {
            var line = new MemoryStream();
            var isLine = place == 0;
            var piece = new byte[PieceBytes];
            for (int read; (read = await stream.ReadAsync(piece, cancellation)) > 0;)
            {
                for (var at = 0; at < read;)
                {
                    var end = Array.IndexOf(piece, (byte)'\n', at, read - at);
                    var part = piece.AsMemory(at, (end < 0 ? read : end) - at);
                    isLine &= line.Length + part.Length <= LongestLine;
                    if (isLine)
                    {
                        line.Write(part.Span);
                    }

                    at += part.Length + 1;
                    if (end >= 0)
                    {
                        if (isLine)
                        {
                            yield return line.ToArray();
                        }

                        isLine = true;
                        line.SetLength(0);
                    }
                }
            }
        }
    }
}
