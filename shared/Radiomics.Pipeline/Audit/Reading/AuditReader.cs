using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// Reads a trail backwards, from its newest event, for people who look through it. What one page costs is bounded, whatever the length of the trail: it reads pieces from the end on until it has
/// enough events or has seen enough, and says where to go on. A time to begin at is found by bisection.
/// </summary>
public sealed class AuditReader(BlobStore store)
{
    /// <summary>Events of a page, at most.</summary>
    public const int PageEvents = 50;

    /// <summary>What a page reads at most, bytes; some 5,000 events.</summary>
    public const int PageBytes = 4 << 20;

    private const int PieceBytes = 256 << 10;

    // No event takes more.
    private const int LongestLine = 64 << 10;

    /// <summary>A page of a center's events.</summary>
    /// <param name="center">The center.</param>
    /// <param name="query">Which events.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<AuditPage> ReadAsync(string center, AuditQuery query, CancellationToken cancellation = default)
    {
        var segments = await AuditSegments.ListAsync(store, center, cancellation);
        segments.Reverse();
        var page = new Page(query);
        var place = Place.TryParse(center, query.After);
        var latest = query.Until is { } until ? AuditSegment.MonthOf(until) : null;
        foreach (var segment in segments)
        {
            if ((place is { } known && segment.CompareTo(known.Segment) > 0) || (latest is not null && string.CompareOrdinal(segment.Month, latest) > 0))
            {
                continue;
            }

            var end = place is { } at && at.Segment == segment ? at.Offset : await EndAsync(segment, query.Until, cancellation);
            if (!await ReadAsync(segment, end, page, cancellation))
            {
                page.Next = page.Next is { Offset: 0 } && segment == segments[^1] ? null : page.Next;
                break;
            }
        }

        return page.Result;
    }

    /// <summary>How many bytes a center's trail takes.</summary>
    public async Task<long> LengthAsync(string center, CancellationToken cancellation = default)
    {
        var length = 0L;
        await foreach (var blob in store.ItemsAsync(Containers.Audit, center + "/", cancellation).OrNoneAsync(cancellation))
        {
            length += AuditSegment.TryParse(blob.Name) is null ? 0 : blob.Properties.ContentLength ?? 0;
        }

        return length;
    }

    // From the end towards the beginning; false if the page is complete.
    private async Task<bool> ReadAsync(AuditSegment segment, long end, Page page, CancellationToken cancellation)
    {
        var rest = Array.Empty<byte>();
        while (end > 0)
        {
            if (page.Bytes >= PageBytes)
            {
                // What is left of a line that began before belongs to the next page.
                page.Next = new Place(segment, end + rest.Length);
                return false;
            }

            var start = Math.Max(0, end - PieceBytes);
            byte[] piece = [.. await RangeAsync(segment, start, end - start, cancellation), .. rest];
            page.Bytes += end - start;
            var stop = piece.Length;
            while (stop > 0)
            {
                var line = piece.AsSpan(0, stop);
                var last = line[^1] == '\n' ? line[..^1].LastIndexOf((byte)'\n') : line.LastIndexOf((byte)'\n');
                if (last < 0 && start > 0)
                {
                    break;
                }

                var from = last + 1;
                if (!page.See(segment, AuditLine.TryParse(line[from..].TrimEnd((byte)'\n'))))
                {
                    page.Next = page.IsOver ? null : new Place(segment, start + from);
                    return false;
                }

                stop = from;
            }

            // Longer than any line: it is none, and what is before it begins anew.
            rest = stop > LongestLine ? [] : piece[..stop];
            end = start;
        }

        return true;
    }

    // Where what is older than a time ends, by up to one line more.
    private async Task<long> EndAsync(AuditSegment segment, DateTime? until, CancellationToken cancellation)
    {
        long length;
        try
        {
            length = (await store.Blob(Containers.Audit, segment.Blob).GetPropertiesAsync(cancellationToken: cancellation)).Value.ContentLength;
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return 0;
        }

        if (until is not { } time)
        {
            return length;
        }

        var (older, newer) = (0L, length);
        while (newer - older > PieceBytes)
        {
            var middle = (older + newer) / 2;
            if (await TimeAfterAsync(segment, middle, length, cancellation) < time)
            {
                older = middle;
            }
            else
            {
                newer = middle;
            }
        }

        return Math.Min(length, newer + LongestLine);
    }

    private async Task<DateTime> TimeAfterAsync(AuditSegment segment, long place, long length, CancellationToken cancellation)
    {
        var bytes = await RangeAsync(segment, place, Math.Min(2 * LongestLine, length - place), cancellation);
        var begin = Array.IndexOf(bytes, (byte)'\n') + 1;
        var end = begin > 0 ? Array.IndexOf(bytes, (byte)'\n', begin) : -1;
        return end > 0 && AuditLine.TryParse(bytes.AsSpan(begin, end - begin)) is { } line ? line.Time : DateTime.MaxValue;
    }

    private async Task<byte[]> RangeAsync(AuditSegment segment, long start, long count, CancellationToken cancellation) =>
        (await store.Blob(Containers.Audit, segment.Blob).DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(start, count) }, cancellation)).Value.Content.ToArray();

    private readonly record struct Place(AuditSegment Segment, long Offset)
    {
        public static Place? TryParse(string center, string? text) =>
            text?.Split('.') is [var name, var offset] && AuditSegment.TryParse($"{center}/{name}.jsonl") is { } segment
            && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                ? new(segment, at)
                : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Segment.Month}-{Segment.Number}.{Offset}");
    }

    private sealed class Page(AuditQuery query)
    {
        private DateTime? _until;

        public List<AuditEntry> Events { get; } = [];

        public long Bytes { get; set; }

        public Place? Next { get; set; }

        /// <summary>Whether everything older was not asked for.</summary>
        public bool IsOver { get; private set; }

        public AuditPage Result => new(Events, Next?.ToString(), _until);

        /// <summary>Takes an event if it is wanted; false if that was the last one.</summary>
        public bool See(AuditSegment segment, AuditLine? line)
        {
            if (line is null || line.Time >= query.Until)
            {
                return true;
            }

            if (line.Time < query.From)
            {
                IsOver = true;
                return false;
            }

            _until = line.Time;
            if (line.IsClosing || !query.Wants(line))
            {
                return true;
            }

            Events.Add(new AuditEntry
            {
                Segment = segment.Blob,
                Line = line.Line,
                Time = line.Time,
                Event = new AuditEvent { Id = line.Id, Center = line.Center, Actor = line.Actor, Action = line.Action, Subjects = line.Subjects, Digests = line.Digests },
                Hash = line.Hash,
                HasItsHash = line.Hash == line.ComputeHash(),
            });
            return Events.Count < PageEvents;
        }
    }
}
