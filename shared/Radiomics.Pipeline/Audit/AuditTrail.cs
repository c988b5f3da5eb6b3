using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Radiomics.Pipeline;

/// <summary>
/// Appends events to a center's hash chain. An append looks for the event's id in the tail first and is conditional on the position it has read up to,
/// so that steps that run again write once and concurrent writers, in whatever process, never fork the chain. A segment is closed by a last line that
/// names its successor before that one begins. Every line is signed; what ends something is anchored before the append returns (<see cref="AuditAnchors"/>).
/// </summary>
/// <param name="store">The storage account.</param>
/// <param name="key">Vouches for this process.</param>
/// <param name="clock">Stamps events.</param>
/// <param name="segmentEvents">Events per segment; append blobs take 50,000 blocks.</param>
public sealed class AuditTrail(BlobStore store, IAuditKey key, TimeProvider clock, int segmentEvents = 40_000) : IDisposable
{
    internal const string Begun = "trail-begun";
    private const string SigningBegun = "signing-begun";

    // The tail of a segment (AuditTails) always holds the last line whole, and some before it.
    private const int MaxEventBytes = 64 * 1024;

    private static readonly byte[] _lineEnd = "\n"u8.ToArray();

    private readonly AuditHeads _heads = new(store, new AuditSigner(store, key, clock));
    private readonly AuditTails _tails = new(store);
    private readonly ConcurrentDictionary<string, AuditSegment> _last = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Writes an event, unless one of its id stands in the tail.</summary>
    /// <exception cref="ArgumentException">Its line would be longer than 64 KB, and nobody could go on after it: say less, or say it in several events.</exception>
    public async Task AppendAsync(AuditEvent e, CancellationToken cancellation = default)
    {
        if (AuditLine.MostBytesOf(e) is > MaxEventBytes and var length)
        {
            throw new ArgumentException($"The audit event {e.Action} takes {length} bytes, and {MaxEventBytes} are the most. Say less, or say it in several events.", nameof(e));
        }

        await EnsureContainersAsync();
        await InTurnAsync(
            e.Center,
            async () =>
            {
                while (!await TryAppendAsync(e, cancellation))
                {
                    await Task.Delay(Random.Shared.Next(5, 50), cancellation);
                }
            },
            cancellation);
    }

    /// <summary>Verifies the trail of a center, and its prediction records against it, by this process's key.</summary>
    public async Task<AuditVerification> VerifyAsync(string center, CancellationToken cancellation = default) =>
        await new AuditInspection(store, await AuditTrust.OfAsync(key, cancellation)).OfCenterAsync(center, cancellation);

    /// <summary>Whether a center has a trail, and its newest head was signed under this process's key: what this process adds then counts for whoever verifies it.</summary>
    /// <returns>Null if there is none.</returns>
    public async Task<bool?> IsOwnAsync(string center, CancellationToken cancellation = default)
    {
        if (await AuditHead.ReadAsync(store, center, cancellation) is not { } head)
        {
            return null;
        }

        return head.Signer is { } signer
            && await store.TryReadJsonAsync<SignerCertificate>(Containers.AuditAnchors, SignerCertificate.NameOf(signer), cancellation) is { } certificate
            && (await key.PublicKeysAsync(cancellation)).Any(known => known.AsSpan().SequenceEqual(certificate.Issuer));
    }

    /// <summary>
    /// Brings what earlier versions wrote to where this one looks for it: moves what is overwritten out of the container of the chains, signs chains that weren't signed, at their
    /// end, and anchors what isn't anchored. A chain that has anchors was signed before: if its end isn't now, that is for the verification to tell.
    /// </summary>
    public async Task MigrateAsync(CancellationToken cancellation = default)
    {
        await EnsureContainersAsync();
        await AuditHead.MigrateAsync(store, cancellation);
        await ForEachCenterAsync(
            async center =>
            {
                if (await _tails.TipAsync(center, cancellation) is not { Last: { } last } tip)
                {
                    return;
                }

                if (last.Signer is null && !await AuditAnchors.NamesAsync(store, center, cancellation).AnyAsync(cancellation))
                {
                    if (center != Containers.System)
                    {
                        await AppendAsync(BeginningOf(center), cancellation);
                    }

                    await AppendAsync(new AuditEvent { Id = SigningBegun, Center = center, Actor = "pipeline", Action = SigningBegun }, cancellation);
                }
                else
                {
                    await _heads.AnchorAsync(tip.Segment, last, await AuditHead.ReadAsync(store, center, cancellation), cancellation);
                }
            },
            cancellation);
    }

    /// <summary>Anchors the ends of chains that aren't yet. Returns how many it anchored.</summary>
    public async Task<int> AnchorAsync(CancellationToken cancellation = default)
    {
        var count = 0;
        await EnsureContainersAsync();
        await ForEachCenterAsync(
            center => InTurnAsync(
                center,
                async () =>
                {
                    // The head says cheaply whether there is anything to do.
                    var head = await AuditHead.ReadAsync(store, center, cancellation);
                    if ((head?.Position is not { } at || head.Anchor != AuditAnchors.NameOf(at.Segment, at.Line)) && await _tails.TipAsync(center, cancellation) is { Last: { } last } tip)
                    {
                        count += await _heads.AnchorAsync(tip.Segment, last, head, cancellation) ? 1 : 0;
                    }
                },
                cancellation),
            cancellation);
        return count;
    }

    /// <summary>What signs for this process now, for what isn't an event and must be told from what others write all the same.</summary>
    internal async Task<AuditSession> SessionAsync(CancellationToken cancellation) => (await _heads.Signer.CurrentAsync(cancellation)).Session;

    /// <inheritdoc/>
    public void Dispose() => _heads.Signer.Dispose();

    private Task EnsureContainersAsync() => store.EnsureContainersAsync(Containers.Audit, Containers.AuditHeads, Containers.AuditAnchors);

    private static AuditEvent BeginningOf(string center) => new()
    {
        Id = $"trail/{center}",
        Center = Containers.System,
        Actor = "pipeline",
        Action = Begun,
        Subjects = new Dictionary<string, string> { ["center"] = center },
    };

    // Writers of one process take turns, so that no head is put in the place of a newer one; between processes the position decides.
    private async Task InTurnAsync(string center, Func<Task> act, CancellationToken cancellation)
    {
        var turn = _turns.GetOrAdd(center, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            await act();
        }
        finally
        {
            turn.Release();
        }
    }

    // A chain to which nothing can be appended keeps nothing from the others: verification tells of it.
    private async Task ForEachCenterAsync(Func<string, Task> act, CancellationToken cancellation)
    {
        await foreach (var center in AuditSegments.CentersAsync(store, cancellation))
        {
            try
            {
                await act(center);
            }
            catch (InvalidDataException)
            {
                continue;
            }
        }
    }

    private async Task<bool> TryAppendAsync(AuditEvent e, CancellationToken cancellation)
    {
        // First of all: who can't sign leaves nothing.
        await _heads.Signer.CurrentAsync(cancellation);
        var segment = await LastSegmentAsync(e.Center, cancellation) ?? await BeginAsync(e.Center, cancellation);
        var tail = await _tails.ReadAsync(segment, cancellation);
        if (tail.Last is { IsClosing: true } closed)
        {
            _last[e.Center] = (closed.Next is { } next ? AuditSegment.TryParse(next) : null)
                ?? throw new InvalidDataException($"The audit segment {segment.Blob} is closed without naming its successor.");
            return false;
        }

        var head = await _heads.KnownAsync(e.Center, cancellation);
        await _heads.KeepLostAsync(head, segment, tail.Last, cancellation);
        if (tail.Lines.Find(line => line.Id == e.Id) is { } known)
        {
            if (!e.IsPassing)
            {
                await _heads.AnchorRepeatedAsync(segment, known, tail.Last!, head, cancellation);
            }

            return true;
        }

        if (await _tails.PreviousHoldsAsync(segment, tail, e.Id, cancellation))
        {
            return true;
        }

        // After the tail was read: whoever has the same clock writes no earlier time than stands there.
        var (session, now) = await _heads.Signer.CurrentAsync(cancellation);
        var month = AuditSegment.MonthOf(now);
        if (tail.Last is { } last && (last.Line >= segmentEvents || string.CompareOrdinal(month, segment.Month) > 0))
        {
            await CloseAsync(segment, tail, now, month, session, cancellation);
            return false;
        }

        var previous = tail.Last ?? await _tails.LastBeforeAsync(segment, cancellation);
        var line = AuditLine.Create(e, now, previous, (tail.Last?.Line ?? 0) + 1, session);
        if (!await TryWriteAsync(segment, tail, line, cancellation))
        {
            return false;
        }

        if (!e.IsPassing || head?.Anchor is not { } anchor)
        {
            await _heads.AnchorAsync(segment, line, head, cancellation);
        }
        else
        {
            await _heads.WriteAsync(e.Center, AuditHead.Sign(segment.Blob, line.Line, line.Hash!, anchor, now, session), cancellation);
        }

        return true;
    }

    private async Task CloseAsync(AuditSegment segment, AuditTail tail, DateTime now, string month, AuditSession session, CancellationToken cancellation)
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
        var line = AuditLine.Create(closing, now, tail.Last, tail.Last!.Line + 1, session);
        if (await TryWriteAsync(segment, tail, line, cancellation))
        {
            var head = await _heads.KnownAsync(segment.Center, cancellation);
            await _heads.WriteAsync(segment.Center, AuditHead.Sign(segment.Blob, line.Line, line.Hash!, head?.Anchor, now, session), cancellation);
        }
    }

    private async Task<bool> TryWriteAsync(AuditSegment segment, AuditTail tail, AuditLine line, CancellationToken cancellation)
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
        return true;
    }

    private async Task<AuditSegment> BeginAsync(string center, CancellationToken cancellation)
    {
        if (center != Containers.System)
        {
            // So that a trail that is gone whole was somewhere said to be there.
            await AppendAsync(BeginningOf(center), cancellation);
        }

        return await FirstSegmentAsync(center, AuditSegment.MonthOf(clock.GetUtcNow().UtcDateTime), cancellation);
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

    private sealed record FirstSegment(string Blob);
}
