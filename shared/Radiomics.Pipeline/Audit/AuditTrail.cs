using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Radiomics.Pipeline;

/// <summary>
/// Appends events to a center's hash chain. An append looks for the event's id in the tail first and is conditional on the position it has read up to,
/// so that steps that run again write once and concurrent writers, in whatever process, never fork the chain. A segment is closed by a last line that
/// names its successor before that one begins.
/// </summary>
/// <param name="store">The storage account.</param>
/// <param name="clock">Stamps events.</param>
/// <param name="segmentEvents">Events per segment; append blobs take 50,000 blocks.</param>
public sealed class AuditTrail(BlobStore store, TimeProvider clock, int segmentEvents = 40_000)
{
    private const int TailBytes = 256 * 1024;

    // The tail always holds the last line whole, and some before it.
    private const int MaxEventBytes = 64 * 1024;

    private static readonly byte[] _lineEnd = "\n"u8.ToArray();

    private readonly ConcurrentDictionary<string, AuditSegment> _last = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Writes an event, unless one of its id stands in the tail.</summary>
    /// <exception cref="ArgumentException">Its line would be longer than 64 KB, and nobody could go on after it: say less, or say it in several events.</exception>
    public async Task AppendAsync(AuditEvent e, CancellationToken cancellation = default)
    {
        if (AuditLine.Create(e, clock.GetUtcNow().UtcDateTime, int.MaxValue, AuditLine.Genesis).ToBytes().Length is > MaxEventBytes and var length)
        {
            throw new ArgumentException($"The audit event {e.Action} takes {length} bytes, and {MaxEventBytes} are the most. Say less, or say it in several events.", nameof(e));
        }

        await store.EnsureContainersAsync(Containers.Audit, Containers.AuditHeads);
        // Writers of one process take turns; between processes the position decides.
        var turn = _turns.GetOrAdd(e.Center, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            while (!await TryAppendAsync(e, cancellation))
            {
                await Task.Delay(Random.Shared.Next(5, 50), cancellation);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Walks all segments of a center and says where the chain breaks, if it does.</summary>
    public Task<AuditVerification> VerifyAsync(string center, CancellationToken cancellation = default) =>
        new AuditVerifier(store).VerifyAsync(center, cancellation);

    /// <summary>Moves what is overwritten out of the container of the chains, where earlier versions kept it.</summary>
    public Task MigrateAsync(CancellationToken cancellation = default) => AuditHead.MigrateAsync(store, cancellation);

    private async Task<bool> TryAppendAsync(AuditEvent e, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var month = AuditSegment.MonthOf(now);
        var segment = await LastSegmentAsync(e.Center, cancellation) ?? await FirstSegmentAsync(e.Center, month, cancellation);
        var tail = await ReadTailAsync(segment, cancellation);
        if (tail.Last is { IsClosing: true } closed)
        {
            _last[e.Center] = AuditSegment.TryParse(closed.Next)
                ?? throw new InvalidDataException($"The audit segment {segment.Blob} is closed without naming its successor.");
            return false;
        }

        if (tail.Holds(e.Id) || await PreviousHoldsAsync(segment, tail, e.Id, cancellation))
        {
            return true;
        }

        if (tail.Last is { } last && (last.Line >= segmentEvents || string.CompareOrdinal(month, segment.Month) > 0))
        {
            await CloseAsync(segment, tail, now, month, cancellation);
            return false;
        }

        var previousHash = tail.Last?.Hash ?? await LastHashBeforeAsync(segment, cancellation);
        return await TryWriteAsync(segment, tail, AuditLine.Create(e, now, (tail.Last?.Line ?? 0) + 1, previousHash), cancellation);
    }

    private async Task CloseAsync(AuditSegment segment, Tail tail, DateTime now, string month, CancellationToken cancellation)
    {
        var next = segment.After(month);
        var closing = new AuditEvent
        {
            Id = $"segment/{segment.Blob}",
            Center = segment.Center,
            Actor = "pipeline",
            Action = AuditLine.Closing,
            Subjects = new Dictionary<string, string> { ["next"] = next.Blob },
        };
        await TryWriteAsync(segment, tail, AuditLine.Create(closing, now, tail.Last!.Line + 1, tail.Last.Hash!), cancellation);
    }

    private async Task<bool> TryWriteAsync(AuditSegment segment, Tail tail, AuditLine line, CancellationToken cancellation)
    {
        var blob = store.AppendBlob(Containers.Audit, segment.Blob);
        try
        {
            if (!tail.Exists)
            {
                await blob.CreateAsync(
                    new AppendBlobCreateOptions { Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All } },
                    cancellation);
            }

            using var content = new MemoryStream([.. line.ToBytes(), .. _lineEnd]);
            await blob.AppendBlockAsync(
                content,
                new AppendBlobAppendBlockOptions { Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = tail.Length } },
                cancellation);
        }
        catch (RequestFailedException refused) when (tail.Exists ? refused.IsRefusedCondition() : refused.IsAlreadyThere())
        {
            return false;
        }

        _last[segment.Center] = segment;
        await new AuditHead(segment.Blob, line.Line, line.Hash!).WriteAsync(store, segment.Center, cancellation);
        return true;
    }

    private async Task<AuditSegment?> LastSegmentAsync(string center, CancellationToken cancellation)
    {
        if (_last.TryGetValue(center, out var known))
        {
            return known;
        }

        var segments = await AuditSegments.ListAsync(store, center, cancellation);
        return segments.Count > 0 ? segments[^1] : null;
    }

    // Hosts either side of a month's end must begin one chain, not two: what `{center}/first.json` names is its first segment, whoever wrote that.
    private async Task<AuditSegment> FirstSegmentAsync(string center, string month, CancellationToken cancellation)
    {
        var name = $"{center}/first.json";
        var segment = new AuditSegment(center, month, 1);
        return await store.WriteJsonOnceAsync(Containers.Audit, name, new FirstSegment(segment.Blob))
            || await store.TryReadJsonAsync<FirstSegment>(Containers.Audit, name, cancellation) is not { } first
            ? segment
            : AuditSegment.TryParse(first.Blob) ?? throw new InvalidDataException($"The blob {name} doesn't name an audit segment.");
    }

    private async Task<string> LastHashBeforeAsync(AuditSegment segment, CancellationToken cancellation) =>
        await PreviousAsync(segment, cancellation) is { } previous
            ? (await ReadTailAsync(previous, cancellation)).Last?.Hash ?? throw new InvalidDataException($"The audit segment {previous.Blob} is empty.")
            : AuditLine.Genesis;

    private async Task<bool> PreviousHoldsAsync(AuditSegment segment, Tail tail, string id, CancellationToken cancellation) =>
        tail.IsWhole && await PreviousAsync(segment, cancellation) is { } previous && (await ReadTailAsync(previous, cancellation)).Holds(id);

    private async Task<AuditSegment?> PreviousAsync(AuditSegment segment, CancellationToken cancellation)
    {
        if (segment.Number > 1)
        {
            return segment with { Number = segment.Number - 1 };
        }

        var before = (await AuditSegments.ListAsync(store, segment.Center, cancellation)).Where(s => s.CompareTo(segment) < 0).ToList();
        return before.Count > 0 ? before[^1] : null;
    }

    private async Task<Tail> ReadTailAsync(AuditSegment segment, CancellationToken cancellation)
    {
        var blob = store.AppendBlob(Containers.Audit, segment.Blob);
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            var length = properties.ContentLength;
            if (length == 0)
            {
                return new Tail(Exists: true, Length: 0, IsWhole: true, []);
            }

            var start = Math.Max(0, length - TailBytes);
            var content = (await blob.DownloadContentAsync(
                new BlobDownloadOptions { Range = new HttpRange(start, length - start) },
                cancellation)).Value.Content;
            return new Tail(Exists: true, length, IsWhole: start == 0, ParseTail(content.ToArray(), segment));
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return new Tail(Exists: false, Length: 0, IsWhole: true, []);
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

    private sealed record FirstSegment(string Blob);

    private sealed record Tail(bool Exists, long Length, bool IsWhole, List<AuditLine> Lines)
    {
        public AuditLine? Last => Lines.Count > 0 ? Lines[^1] : null;

        public bool Holds(string id) => Lines.Any(line => line.Id == id);
    }
}
