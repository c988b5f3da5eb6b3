using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>Finds and reads a center's segments.</summary>
internal static class AuditSegments
{
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
            await foreach (var (bytes, _) in LinesAsync(store, segment.Blob, cancellation))
            {
                if (AuditLine.TryParse(bytes) is { IsClosing: false } line)
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>The lines of a segment, without their ends, and whether each has one; none if there is no such segment.</summary>
    public static async IAsyncEnumerable<(byte[] Bytes, bool IsComplete)> LinesAsync(
        BlobStore store,
        string blob,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        Stream stream;
        try
        {
            // It may grow meanwhile: what is there now is whole lines.
            stream = await store.Blob(Containers.Audit, blob).OpenReadAsync(new BlobOpenReadOptions(allowModifications: true), cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            yield break;
        }

        await using (stream)
        {
            List<byte> line = [];
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
            {
                var rest = 0;
                for (var i = Array.IndexOf(buffer, (byte)'\n', 0, read); i >= 0; i = Array.IndexOf(buffer, (byte)'\n', rest, read - rest))
                {
                    line.AddRange(buffer.AsSpan(rest, i - rest));
                    yield return ([.. line], true);
                    line.Clear();
                    rest = i + 1;
                }

                line.AddRange(buffer.AsSpan(rest, read - rest));
            }

            if (line.Count > 0)
            {
                yield return ([.. line], false);
            }
        }
    }
}
