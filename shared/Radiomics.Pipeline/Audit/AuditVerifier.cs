namespace Radiomics.Pipeline;

/// <summary>Walks a chain from its first event to its last and finds the first break.</summary>
internal sealed class AuditVerifier(BlobStore store)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private string _previousHash = AuditLine.Genesis;
    private AuditHead? _head;
    private bool _headSeen;
    private int _events;

    public async Task<AuditVerification> VerifyAsync(string center, CancellationToken cancellation)
    {
        // Read first: the chain may grow meanwhile, but then the head is in it.
        _head = await AuditHead.ReadAsync(store, center, cancellation);
        var brokenAt = await WalkAsync(center, cancellation);
        return new AuditVerification(center, brokenAt is null, _events, brokenAt);
    }

    private async Task<AuditBreak?> WalkAsync(string center, CancellationToken cancellation)
    {
        var segments = await AuditSegments.ListAsync(store, center, cancellation);
        string? expected = null;
        for (var i = 0; i < segments.Count; i++)
        {
            if (expected is not null && segments[i].Blob != expected)
            {
                return new(expected, 1, "missing segment");
            }

            var (last, broken) = await SegmentAsync(segments[i], isLast: i == segments.Count - 1, cancellation);
            if (broken is not null)
            {
                return broken;
            }

            expected = last is { IsClosing: true } ? last.Next : null;
        }

        if (_head is not null && !_headSeen)
        {
            return new(_head.Blob, _head.Line, segments.Any(s => s.Blob == _head.Blob) ? "truncated tail" : "missing segment");
        }

        return null;
    }

    private async Task<(AuditLine? Last, AuditBreak? Broken)> SegmentAsync(AuditSegment segment, bool isLast, CancellationToken cancellation)
    {
        var number = 0;
        AuditLine? last = null;
        await foreach (var (bytes, isComplete) in AuditSegments.LinesAsync(store, segment.Blob, cancellation))
        {
            number++;
            AuditBreak At(string reason) => new(segment.Blob, number, reason);
            if (!isComplete)
            {
                return (last, At("truncated tail"));
            }

            if (AuditLine.TryParse(bytes) is not { } line)
            {
                return (last, At("not an event"));
            }

            if (line.Hash != line.ComputeHash() || !bytes.AsSpan().SequenceEqual(line.ToBytes()))
            {
                return (last, At("hash mismatch"));
            }

            if (line.PreviousHash != _previousHash || line.Line != number || line.Center != segment.Center || last is { IsClosing: true })
            {
                return (last, At(number == 1 && last is null && _events == 0 && _previousHash == AuditLine.Genesis ? "missing segment" : "chain broken"));
            }

            // A step that runs again late, when its event is out of the tail's reach, repeats it.
            var what = line.ComputeContentHash();
            if (!_ids.TryAdd(line.Id, what) && _ids[line.Id] != what)
            {
                return (last, At("duplicate id"));
            }

            _previousHash = line.Hash;
            _headSeen |= _head is not null && line.Hash == _head.Hash;
            _events += line.IsClosing ? 0 : 1;
            last = line;
        }

        return !isLast && last is not { IsClosing: true } ? (last, new(segment.Blob, number + 1, "truncated tail")) : (last, null);
    }
}
