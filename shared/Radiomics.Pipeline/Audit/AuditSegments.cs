using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>Finds and reads a center's segments.</summary>
internal static class AuditSegments
{
    /// <summary>How much is read at once where a few lines are.</summary>
    public const int PieceBytes = 64 * 1024;

    private const int LongestLine = 1 << 20;

    /// <summary>In the order of the chain.</summary>
    public static async Task<List<AuditSegment>> ListAsync(BlobStore store, string center, CancellationToken cancellation)
    {
        var blobs = store.ItemsAsync(Containers.Audit, center + "/", cancellation).OrNoneAsync(cancellation);
        var segments = await blobs.Select(blob => AuditSegment.TryParse(blob.Name)).Where(segment => segment is not null).Select(segment => segment!.Value).ToListAsync(cancellation);
        segments.Sort();
        return segments;
    }

    /// <summary>The centers that have anything in the chains' container.</summary>
    public static IAsyncEnumerable<string> CentersAsync(BlobStore store, CancellationToken cancellation) => FoldersAsync(store, Containers.Audit, cancellation);

    /// <summary>The first parts of the names in a container; none if there is no such container. An emulator, whose listings by folder some names fail, is asked for all names.</summary>
    public static IAsyncEnumerable<string> FoldersAsync(BlobStore store, string container, CancellationToken cancellation) => store.Container(container) is { Uri.IsLoopback: false } remote
        ? remote.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", null, cancellation).OrNoneAsync(cancellation).Where(item => item.IsPrefix).Select(item => item.Prefix.TrimEnd('/'))
        : store.ItemsAsync(container, "", cancellation).OrNoneAsync(cancellation).Select(blob => blob.Name).Where(name => name.Contains('/')).Select(name => name.Split('/')[0]).Distinct();

    /// <summary>A center's events in the order of the chain, as far as they can be read; whether the chain is intact, <see cref="AuditInspection"/> says.</summary>
    public static async IAsyncEnumerable<AuditLine> EventsAsync(BlobStore store, string center, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var segment in await ListAsync(store, center, cancellation))
        {
            await foreach (var (bytes, _) in LinesAsync(store, segment.Blob, place: null, cancellation))
            {
                if (AuditLine.TryParse(bytes) is { IsClosing: false } line)
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>
    /// The lines of a segment, without their ends, and whether each has one; none if there is no such segment. A line that is longer than any event's is an empty one: nobody keeps
    /// it in memory.
    /// </summary>
    /// <param name="store">The account.</param>
    /// <param name="blob">The segment.</param>
    /// <param name="place">Byte at or after which the first of them begins, for who reads a few; null: all, in larger pieces.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<(byte[] Bytes, bool IsComplete)> LinesAsync(
        BlobStore store,
        string blob,
        long? place,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        // It may grow meanwhile: what is there now is whole lines. That one begins at a place, the end of the one before tells.
        var options = new BlobOpenReadOptions(allowModifications: true) { Position = Math.Max(0, (place ?? 0) - 1), BufferSize = place is null ? null : PieceBytes };
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
            var (isOurs, isTooLong) = (place is null or 0, false);
            var piece = new byte[PieceBytes];
            for (int read; (read = await stream.ReadAsync(piece, cancellation)) > 0;)
            {
                for (var at = 0; at < read;)
                {
                    var end = Array.IndexOf(piece, (byte)'\n', at, read - at);
                    var part = piece.AsMemory(at, (end < 0 ? read : end) - at);
                    isTooLong |= line.Length + part.Length > LongestLine;
                    if (isOurs && !isTooLong)
                    {
                        line.Write(part.Span);
                    }

                    at += part.Length + 1;
                    if (end >= 0)
                    {
                        if (isOurs)
                        {
                            yield return (isTooLong ? [] : line.ToArray(), true);
                        }

                        (isOurs, isTooLong) = (true, false);
                        line.SetLength(0);
                    }
                }
            }

            if (isOurs && (line.Length > 0 || isTooLong))
            {
                yield return (isTooLong ? [] : line.ToArray(), false);
            }
        }
    }
}
