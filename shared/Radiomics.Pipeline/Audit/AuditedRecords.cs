using System.Text;

namespace Radiomics.Pipeline;

/// <summary>
/// Finds the event that names a prediction's record. Events stand in the order of time, and a record is written right after its event: so the event of a record that nobody has touched is looked for around the
/// time of that, by bisection, and a dozen pieces of the trail are read. Only where it isn't there, the trail is read from its end. An event counts that is signed under a key that counts, or that was
/// written before the trail was signed.
/// </summary>
internal sealed class AuditedRecords(BlobStore store, KnownAuditKeys keys)
{
    // How far the clock of the process that writes the event and that of storage may differ, and a step be held up between the two.
    private static readonly TimeSpan _around = TimeSpan.FromMinutes(2);

    private readonly SegmentReader _reader = new(store);

    /// <summary>The event that says what a prediction's record is: one written around a time that names the digest, else the newest about it; null if there is none.</summary>
    /// <param name="center">Center, or <c>_system</c>.</param>
    /// <param name="id">The prediction.</param>
    /// <param name="sha256">Digest of the record as it is.</param>
    /// <param name="written">When it was last written.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<AuditLine?> FindAsync(string center, string id, string sha256, DateTimeOffset written, CancellationToken cancellation)
    {
        var segments = await AuditSegments.ListAsync(store, center, cancellation);
        segments.Reverse();
        return await FindAroundAsync(segments, id, sha256, written.UtcDateTime, cancellation) ?? await FindNewestAsync(segments, id, cancellation);
    }

    private async Task<AuditLine?> FindAroundAsync(IEnumerable<AuditSegment> newestFirst, string id, string sha256, DateTime written, CancellationToken cancellation)
    {
        var (from, to) = (written - _around, written + _around);
        var (first, last) = (AuditSegment.MonthOf(from), AuditSegment.MonthOf(to));
        foreach (var segment in newestFirst.Where(segment => string.CompareOrdinal(segment.Month, last) <= 0))
        {
            if (string.CompareOrdinal(segment.Month, first) < 0)
            {
                return null;
            }

            var length = await _reader.LengthAsync(segment.Blob, cancellation);
            var start = await _reader.FirstSinceAsync(segment.Blob, length, from, cancellation);
            await foreach (var bytes in _reader.LinesAsync(segment.Blob, start, cancellation))
            {
                if (Names(bytes, id) is { } named && named.Digests.GetValueOrDefault("record") == sha256 && await CountsAsync(segment.Center, named, cancellation))
                {
                    return named;
                }

                if (AuditLine.TryParse(bytes) is { } line && line.Time > to)
                {
                    break;
                }
            }

            if (start > 0)
            {
                return null; // the segment began before that time
            }
        }

        return null;
    }

    private async Task<AuditLine?> FindNewestAsync(IEnumerable<AuditSegment> newestFirst, string id, CancellationToken cancellation)
    {
        foreach (var segment in newestFirst)
        {
            AuditLine? newest = null;
            await foreach (var bytes in _reader.LinesAsync(segment.Blob, null, cancellation))
            {
                newest = Names(bytes, id) is { } named && await CountsAsync(segment.Center, named, cancellation) ? named : newest;
            }

            if (newest is not null)
            {
                return newest;
            }
        }

        return null;
    }

    // Somebody who can write the trail can append to it, and can't sign.
    private async Task<bool> CountsAsync(string center, AuditLine line, CancellationToken cancellation) =>
        line.Signer is null ? await IsFromBeforeSigningAsync(center, line, cancellation) : await keys.FaultAsync(store, line, cancellation) is null;

    /// <summary>Whether an unsigned line stands before every signed one. In a trail without any there must be no anchor either: else it was signed, and was rewritten.</summary>
    private async Task<bool> IsFromBeforeSigningAsync(string center, AuditLine unsigned, CancellationToken cancellation)
    {
        var isPassed = false;
        foreach (var segment in await AuditSegments.ListAsync(store, center, cancellation))
        {
            await foreach (var bytes in _reader.LinesAsync(segment.Blob, null, cancellation))
            {
                if (AuditLine.TryParse(bytes) is not { } line)
                {
                    continue;
                }

                if (line.Signer is not null && line.Hash == line.ComputeHash() && await keys.FaultAsync(store, line, cancellation) is null)
                {
                    return isPassed;
                }

                isPassed |= line.Signer is null && line.Hash == unsigned.Hash;
            }
        }

        return isPassed && !await AuditAnchors.NamesAsync(store, center, cancellation).AnyAsync(cancellation);
    }

    /// <summary>The event, if it is about the prediction's record and has the hash it must have.</summary>
    private static AuditLine? Names(byte[] bytes, string id) =>
        bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(id)) >= 0
        && AuditLine.TryParse(bytes) is { Action: "prediction-published" or "prediction-failed" } line
        && line.Subjects.GetValueOrDefault("prediction") == id
        && line.Hash == line.ComputeHash()
            ? line
            : null;
}
