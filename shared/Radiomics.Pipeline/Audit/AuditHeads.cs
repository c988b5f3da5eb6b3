using System.Collections.Concurrent;

namespace Radiomics.Pipeline;

/// <summary>The heads and anchors of chains, as a process writes them while it appends.</summary>
/// <param name="store">The account.</param>
/// <param name="signer">Signs them.</param>
internal sealed class AuditHeads(BlobStore store, AuditSigner signer)
{
    // The newest head of each center that this process knows of, which names the newest anchor; null: it has looked, and there is none.
    private readonly ConcurrentDictionary<string, AuditHead?> _known = new(StringComparer.Ordinal);

    /// <summary>Signs what this process writes.</summary>
    public AuditSigner Signer => signer;

    /// <summary>The newest head of a center that this process knows of; null if there is none.</summary>
    public async Task<AuditHead?> KnownAsync(string center, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(center, out var known))
        {
            known = await AuditHead.ReadAsync(store, center, cancellation);
            _known.TryAdd(center, known);
        }

        return known;
    }

    /// <summary>Puts a head in the place of a center's.</summary>
    public Task WriteAsync(string center, AuditHead head, CancellationToken cancellation)
    {
        _known[center] = head;
        return head.WriteAsync(store, center, cancellation);
    }

    /// <summary>Writes the anchor of a line, unless it is there, and the head that tells of it.</summary>
    /// <param name="segment">The line's segment.</param>
    /// <param name="line">The line.</param>
    /// <param name="head">The newest head that is known.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> AnchorAsync(AuditSegment segment, AuditLine line, AuditHead? head, CancellationToken cancellation)
    {
        var name = AuditAnchors.NameOf(segment, line.Line);
        if (head?.Anchor == name)
        {
            return false;
        }

        await KeepLostAsync(head, segment, line, cancellation);
        var (session, now) = await signer.CurrentAsync(cancellation);
        var written = await store.WriteJsonOnceAsync(Containers.AuditAnchors, name, AuditHead.Sign(segment.Blob, line.Line, line.Hash!, head?.Anchor, now, session));
        await WriteAsync(segment.Center, AuditHead.Sign(segment.Blob, line.Line, line.Hash!, name, now, session), cancellation);
        return written;
    }

    /// <summary>Anchors the end of a chain for an event that stands in it and has come again: the step that wrote it may have died before it was anchored.</summary>
    /// <param name="segment">The event's segment.</param>
    /// <param name="known">The event's line.</param>
    /// <param name="last">The last line.</param>
    /// <param name="head">The newest head that is known.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task AnchorRepeatedAsync(AuditSegment segment, AuditLine known, AuditLine last, AuditHead? head, CancellationToken cancellation)
    {
        if (head?.Anchor is not { } anchor || AuditAnchors.PositionOf(anchor) is not { } at || at.CompareTo(new(segment, known.Line)) < 0)
        {
            await AnchorAsync(segment, last, head, cancellation);
        }
    }

    /// <summary>A head that tells of more than the chain holds is the only trace of what was cut off: it stays, among the anchors, before another one takes its place.</summary>
    /// <param name="head">The newest head that is known.</param>
    /// <param name="segment">The last segment of the chain.</param>
    /// <param name="last">Its last line; null if it has none.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task KeepLostAsync(AuditHead? head, AuditSegment segment, AuditLine? last, CancellationToken cancellation)
    {
        var tip = new AuditPosition(segment, last?.Line ?? 0);
        if (head?.Position is { } at && (at.CompareTo(tip) > 0 || (at == tip && head.Hash != last?.Hash)))
        {
            var lost = head;
            if (head.Signer is null)
            {
                var (session, now) = await signer.CurrentAsync(cancellation);
                lost = AuditHead.Sign(head.Blob, head.Line, head.Hash, head.Anchor, now, session);
            }

            await store.WriteJsonOnceAsync(Containers.AuditAnchors, AuditAnchors.NameOf(at.Segment, at.Line), lost);
        }
    }
}
