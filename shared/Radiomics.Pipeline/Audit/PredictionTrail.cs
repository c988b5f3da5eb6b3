using System.Text;

namespace Radiomics.Pipeline;

/// <summary>
/// The events about one prediction, out of its center's trail. They stand before its record was written, close by unless it waited long, and a few behind it (who read it, that its report was returned,
/// that another one superseded it). So it is looked for around that time, and further back until its beginning is found; at most <see cref="MostBytes"/> of the trail are read before and
/// <see cref="MostBytesAfter"/> after it, however long it is.
/// </summary>
public sealed class PredictionTrail(BlobStore store)
{
    /// <summary>The most bytes that are read of the time before its record: some 8,000 events.</summary>
    public const int MostBytes = 8 << 20;

    /// <summary>The most bytes that are read of the time after it.</summary>
    public const int MostBytesAfter = 2 << 20;

    // A prediction makes a dozen and a few for each sequence; beyond that are readers.
    private const int MostEvents = 500;

    private static readonly TimeSpan _clocksDiffer = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan[] _back = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(2), TimeSpan.FromDays(1), TimeSpan.FromDays(14)];

    private readonly SegmentReader _reader = new(store);

    /// <summary>The events about a prediction.</summary>
    /// <param name="center">Center.</param>
    /// <param name="id">The prediction.</param>
    /// <param name="written">When its record was written; now, if there is none yet.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<PredictionEvents> FindAsync(string center, string id, DateTimeOffset written, CancellationToken cancellation = default)
    {
        var segments = await AuditSegments.ListAsync(store, center, cancellation);
        var found = new PredictionEvents([], HasBeginning: false, HasEnd: false);
        foreach (var back in _back)
        {
            var (parts, isCut, hasEnd) = await PartsAsync(segments, written.UtcDateTime, back, cancellation);
            var events = await ReadAsync(parts, id, cancellation);
            found = new(events, events.Any(e => e.Action == "upload-received" && e.Subjects.GetValueOrDefault("prediction") == id), hasEnd);
            if (found.HasBeginning || isCut)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Which parts of which segments are to be read: from a time before the record was written to as far after it as is read at all.</summary>
    private async Task<(List<Part> Parts, bool IsCut, bool HasEnd)> PartsAsync(List<AuditSegment> segments, DateTime written, TimeSpan back, CancellationToken cancellation)
    {
        var (from, until) = (written - back, written + _clocksDiffer);
        List<Part> parts = [];
        var (after, hasEnd, before, isCut) = ((long)MostBytesAfter, true, (long)MostBytes, false);
        foreach (var segment in segments.Where(segment => string.CompareOrdinal(segment.Month, AuditSegment.MonthOf(from)) >= 0))
        {
            var length = await _reader.LengthAsync(segment.Blob, cancellation);
            var middle = await _reader.FirstSinceAsync(segment.Blob, length, until, cancellation);
            var end = Math.Min(length, middle + after);
            after -= end - middle;
            hasEnd &= end == length;
            if (end > 0)
            {
                parts.Add(new(segment.Blob, await _reader.FirstSinceAsync(segment.Blob, length, from, cancellation), middle, end));
            }
        }

        for (var i = parts.Count - 1; i >= 0; i--)
        {
            var start = Math.Max(parts[i].Start, parts[i].Middle - before);
            isCut |= start > parts[i].Start;
            before -= parts[i].Middle - start;
            parts[i] = parts[i] with { Start = start };
        }

        return (parts, isCut, hasEnd);
    }

    private async Task<List<TrailEvent>> ReadAsync(List<Part> parts, string id, CancellationToken cancellation)
    {
        List<TrailEvent> events = [];
        var name = Encoding.ASCII.GetBytes(id);
        foreach (var part in parts.Where(part => part.End > part.Start))
        {
            var left = part.End - part.Start;
            await foreach (var bytes in _reader.LinesAsync(part.Segment, part.Start, cancellation))
            {
                if (left < 0)
                {
                    break;
                }

                left -= bytes.Length + 1;
                if (bytes.AsSpan().IndexOf(name) >= 0 && AuditLine.TryParse(bytes) is { } line && IsAbout(line, id) && events.Count < MostEvents)
                {
                    events.Add(new(line.Id, line.Time, line.Actor, line.Action, line.Subjects, line.Digests, line.Hash == line.ComputeHash()));
                }
            }
        }

        return events;
    }

    private static bool IsAbout(AuditLine line, string id) => line.Subjects.Values.Any(subject => subject == id || (subject.Contains(' ') && subject.Split(' ').Contains(id)));

    /// <param name="Segment">Blob name.</param>
    /// <param name="Start">Place to read from.</param>
    /// <param name="Middle">Behind it all is later than the record.</param>
    /// <param name="End">Place to read to.</param>
    private sealed record Part(string Segment, long Start, long Middle, long End);
}
