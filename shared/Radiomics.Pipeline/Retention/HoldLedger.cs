using Azure;
using Azure.Storage.Blobs.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// What all trails of an account say of holds, those of centers that aren't known included. It is read on from where it was read before, so that it can be asked again and again.
/// </summary>
internal sealed class HoldLedger(BlobStore store)
{
    private const int PieceBytes = 4 * 1024 * 1024;

    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrderedDictionary<HeldThing, Hold>> _standing = new(StringComparer.Ordinal);

    // What events name together. Nobody needs it while nothing is held, and it grows with the account.
    private Dictionary<(string Area, string Id), HashSet<string>>? _named;

    /// <summary>What is held, and in which trail that stands.</summary>
    public IEnumerable<(string Area, Hold Hold)> Held => _standing.SelectMany(trail => trail.Value.Values.Select(hold => (trail.Key, hold)));

    /// <summary>Uploads, predictions and studies that events of a trail name together with one of them, itself included; none if no event names it. Known once anything is held.</summary>
    public IEnumerable<string> NamedWith(string area, string id) => _named?.GetValueOrDefault((area, id)) ?? [];

    /// <summary>Whether a center has, or had, a thing that is held in its trail. Whoever held one for a center that has no such thing meant it all the same, wherever it is.</summary>
    public async Task<bool> IsOfAsync(string area, HeldThing thing) => NamedWith(area, thing.Id).Any() || await Holds.IsStoredAsync(store, area, thing);

    /// <summary>Reads what has come since.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        await ReadOnAsync(cancellation);
        if (_named is null && Held.Any())
        {
            _named = [];
            _read.Clear();
            _standing.Clear();
            await ReadOnAsync(cancellation);
        }
    }

    private async Task ReadOnAsync(CancellationToken cancellation)
    {
        List<(AuditSegment Segment, long Bytes)> segments = [];
        await foreach (var blob in store.ItemsAsync(Containers.Audit, "", cancellation))
        {
            if (AuditSegment.TryParse(blob.Name) is { } segment)
            {
                segments.Add((segment, blob.Properties.ContentLength ?? 0));
            }
        }

        foreach (var (segment, bytes) in segments.OrderBy(one => one.Segment))
        {
            await ReadOnAsync(segment, bytes, cancellation);
        }
    }

    private async Task ReadOnAsync(AuditSegment segment, long bytes, CancellationToken cancellation)
    {
        if (!_standing.TryGetValue(segment.Center, out var standing))
        {
            _standing.Add(segment.Center, standing = []);
        }

        for (var from = _read.GetValueOrDefault(segment.Blob); from < bytes; from = _read[segment.Blob])
        {
            var range = new BlobDownloadOptions { Range = new HttpRange(from, Math.Min(PieceBytes, bytes - from)) };
            var piece = (await store.Blob(Containers.Audit, segment.Blob).DownloadContentAsync(range, cancellation)).Value.Content.ToArray();
            var end = Array.LastIndexOf(piece, (byte)'\n') + 1;
            if (end == 0)
            {
                return;
            }

            Apply(segment.Center, standing, piece.AsSpan(0, end));
            _read[segment.Blob] = from + end;
        }
    }

    private void Apply(string area, OrderedDictionary<HeldThing, Hold> standing, ReadOnlySpan<byte> lines)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (!lines[range].IsEmpty && AuditLine.TryParse(lines[range]) is { } line)
            {
                Holds.Apply(standing, line);
                Join(area, line);
            }
        }
    }

    private void Join(string area, AuditLine line)
    {
        string[] ids = _named is null || Holds.IsMove(line) ? [] : [.. HeldThing.Kinds.Where(line.Subjects.ContainsKey).Select(kind => line.Subjects[kind])];
        foreach (var id in ids)
        {
            if (!_named!.TryGetValue((area, id), out var others))
            {
                _named.Add((area, id), others = new(StringComparer.Ordinal));
            }

            others.UnionWith(ids);
        }
    }
}
