using System.Runtime.CompilerServices;

namespace Radiomics.Pipeline;

/// <summary>
/// Verifies trails, anchors, prediction records and API keys of an account against one another. Streams: what it holds in memory grows by some 50 bytes an event and 130 a prediction of one
/// center.
/// </summary>
/// <param name="store">The account.</param>
/// <param name="trust">Whose signatures count.</param>
public sealed class AuditInspection(BlobStore store, AuditTrust trust)
{
    private const int MostFindings = 100;
    private const int Attempts = 3;

    // What is written only after an event of its center was.
    private static readonly string[] _follows = [Containers.Predictions, Containers.Studies, Containers.Features];

    /// <summary>The second account that keeps anchors; null if there is none.</summary>
    public BlobStore? SecondAccount { get; init; }

    /// <summary>Heads that people noted down.</summary>
    public IReadOnlyList<NotedHead> Noted { get; init; } = [];

    /// <summary>What is young is judged by it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    private BlobStore[] Places => SecondAccount is { } second ? [store, second] : [store];

    /// <summary>
    /// All centers that the account knows, by whatever it has of them: <c>_system</c> first, which exists wherever a service has run, and names every trail that was ever begun.
    /// </summary>
    public async IAsyncEnumerable<AuditVerification> OfAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        SortedSet<string> centers = new(Noted.Select(head => head.Center), StringComparer.Ordinal);
        foreach (var container in (string[])[Containers.Audit, Containers.AuditHeads, Containers.AuditAnchors, .. _follows])
        {
            centers.UnionWith(await AuditSegments.FoldersAsync(store, container, cancellation).ToListAsync(cancellation));
        }

        if (SecondAccount is not null)
        {
            centers.UnionWith(await AuditSegments.FoldersAsync(SecondAccount, Containers.AuditAnchors, cancellation).ToListAsync(cancellation));
        }

        centers.UnionWith(await BegunAsync(cancellation));
        centers.Remove(Containers.System);
        centers.Remove(SignerCertificate.Folder.TrimEnd('/'));
        foreach (var center in centers.Prepend(Containers.System))
        {
            yield return await OfCenterAsync(center, isKnown: true, cancellation);
        }

        // Somebody is let in there, though nothing else is.
        foreach (var center in (await KeyCheck.CentersAsync(store, cancellation)).Except(centers).Order(StringComparer.Ordinal))
        {
            yield return await OfCenterAsync(center, isKnown: false, cancellation);
        }
    }

    /// <summary>One center. It is intact, without events, if the account has nothing of it at all.</summary>
    public async Task<AuditVerification> OfCenterAsync(string center, CancellationToken cancellation = default) =>
        await OfCenterAsync(center, await IsKnownAsync(center, cancellation), cancellation);

    private async Task<AuditVerification> OfCenterAsync(string center, bool isKnown, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (verification, mayPass) = await OnceAsync(center, isKnown, cancellation);
            if (!mayPass || attempt == Attempts)
            {
                return verification;
            }

            // A prediction is being written: its event comes before its record, and the walk came between.
            await Task.Delay(TimeSpan.FromSeconds(1), Clock, cancellation);
        }
    }

    private async Task<(AuditVerification Verification, bool MayPass)> OnceAsync(string center, bool isKnown, CancellationToken cancellation)
    {
        List<AuditBreak> findings = [];
        void Found(AuditBreak finding) => Add(findings, finding);

        // First of all: the chain may grow meanwhile, but then what these tell of is in it.
        var head = await AuditHead.ReadAsync(store, center, cancellation);
        var signatures = new SignatureCheck(trust, Places);
        List<AuditBreak> ofAnchors = [];
        List<AnchorCheck> anchors = [.. Places.Select((place, i) => new AnchorCheck(place, center, i > 0, signatures, finding => Add(ofAnchors, finding)))];
        foreach (var place in anchors)
        {
            await place.LoadAsync(cancellation);
        }

        List<AuditBreak> ofRecords = [];
        var records = new RecordCheck(store, center, Clock.GetUtcNow(), finding => Add(ofRecords, finding));
        var keys = new KeyCheck(store, center, Clock.GetUtcNow(), finding => Add(ofRecords, finding));
        var walk = new ChainWalk(store, center, signatures, Found);
        var noted = Noted.Where(one => one.Center == center).ToLookup(one => one.Number);
        var headSeen = false;
        await foreach (var (at, line) in walk.LinesAsync(cancellation))
        {
            headSeen |= line.Hash is not null && line.Hash == head?.Hash;
            records.See(line);
            keys.See(line);
            foreach (var place in anchors)
            {
                await place.SeeAsync(at, line, cancellation);
            }

            if (noted[walk.Lines].Any(one => line.Hash?.StartsWith(one.Hash, StringComparison.Ordinal) != true))
            {
                Found(new(at.Segment.Blob, at.Line, AuditReasons.OtherThanNoted));
            }
        }

        if (walk.Lines == 0 && isKnown)
        {
            Found(new($"{center}/", 0, AuditReasons.NoTrail));
        }

        if (walk.Lines > 0 && walk.Signed == 0)
        {
            Found(new(walk.Segments[0].Blob, 1, AuditReasons.NeverSigned));
        }

        if (Noted.Any(one => one.Center == center && one.Number > walk.Lines))
        {
            Found(new(walk.Segments.LastOrDefault().Blob ?? $"{center}/", 0, AuditReasons.OtherThanNoted));
        }

        foreach (var place in anchors)
        {
            await place.EndAsync(cancellation);
        }

        var isCut = ofAnchors.Any(finding => finding.Reason == AuditReasons.AnchoredLineMissing);
        await CheckHeadAsync(center, head, headSeen, isCut, walk, anchors, signatures, Found, cancellation);
        ofAnchors.AddRange(anchors.Skip(1).SelectMany(second => anchors[0].MissingOf(second)).Select(name => new AuditBreak(name, 0, AuditReasons.AnchorMissing) { Container = Containers.AuditAnchors }));
        await records.EndAsync(cancellation);
        await keys.EndAsync(cancellation);
        foreach (var finding in ofAnchors.OrderBy(finding => finding.Blob, StringComparer.Ordinal).ThenBy(finding => finding.Line)
            .Concat(ofRecords.OrderBy(finding => finding.Blob, StringComparer.Ordinal)).Distinct())
        {
            Found(finding);
        }

        var verification = new AuditVerification(center, findings.Count == 0, walk.Events, findings.Count > 0 ? findings[0] : null)
        {
            Findings = findings,
            Head = walk.Last?.Hash is { Length: 64 } hash ? new(center, walk.Lines, hash) : null,
            Unsigned = walk.Unsigned,
            SignedSince = walk.SignedSince,
            Anchors = anchors.Sum(place => place.Count),
            AnchoredUntil = anchors.Max(place => place.Until),
            Timestamps = anchors.Sum(place => place.Timestamps),
            TimestampCertificates = [.. anchors.SelectMany(place => place.Certificates).Distinct(StringComparer.Ordinal)],
            Records = records.Count,
            Keys = signatures.Issuers,
            KeysCompared = trust.IsPinned,
        };
        return (verification, records.MayPass || keys.MayPass);
    }

    private static void Add(List<AuditBreak> findings, AuditBreak finding)
    {
        if (findings.Count < MostFindings)
        {
            findings.Add(finding);
        }
    }

    private async Task CheckHeadAsync(
        string center,
        AuditHead? head,
        bool headSeen,
        bool isCut,
        ChainWalk walk,
        List<AnchorCheck> anchors,
        SignatureCheck signatures,
        Action<AuditBreak> found,
        CancellationToken cancellation)
    {
        AuditBreak OfHead(string reason) => new($"{center}/head.json", 0, reason) { Container = Containers.AuditHeads };

        // A process that dies between its first signed line and the head leaves none, or the last version's.
        if (head is null)
        {
            if (await AuditHead.IsThereAsync(store, center, cancellation))
            {
                found(OfHead(isCut ? AuditReasons.CutWithForgedHead : AuditReasons.HeadForged));
            }
            else if (walk.Signed > 1)
            {
                found(OfHead(isCut ? AuditReasons.CutWithoutHead : AuditReasons.HeadMissing));
            }
        }
        else if ((head.Signer is not null || walk.Signed > 1) && await head.FaultAsync(signatures, cancellation) is not null)
        {
            found(OfHead(isCut ? AuditReasons.CutWithForgedHead : AuditReasons.HeadForged));
        }
        else
        {
            if (!headSeen)
            {
                found(new(head.Blob, head.Line, walk.Segments.Any(segment => segment.Blob == head.Blob) ? AuditReasons.TruncatedTail : AuditReasons.MissingSegment));
            }

            if (head.Anchor is { } anchor && !anchors[0].Has(anchor))
            {
                found(new(anchor, 0, AuditReasons.AnchorMissing) { Container = Containers.AuditAnchors });
            }
        }

        // The first signed event of a center is anchored at once.
        if (walk.Signed > 1 && anchors[0].Count == 0)
        {
            found(new($"{center}/", 0, AuditReasons.AnchorMissing) { Container = Containers.AuditAnchors });
        }
    }

    private async Task<bool> IsKnownAsync(string center, CancellationToken cancellation)
    {
        foreach (var container in (string[])[Containers.Audit, Containers.AuditHeads, Containers.AuditAnchors, .. _follows])
        {
            if (await AnyAsync(store, container, center, cancellation))
            {
                return true;
            }
        }

        return (SecondAccount is not null && await AnyAsync(SecondAccount, Containers.AuditAnchors, center, cancellation))
            || Noted.Any(head => head.Center == center)
            || (await BegunAsync(cancellation)).Contains(center);
    }

    private async Task<HashSet<string>> BegunAsync(CancellationToken cancellation) =>
        await AuditSegments.EventsAsync(store, Containers.System, cancellation)
            .Where(line => line.Action == AuditTrail.Begun)
            .Select(line => line.Subjects.GetValueOrDefault("center"))
            .OfType<string>()
            .Where(CenterProfiles.IsName)
            .ToHashSetAsync(StringComparer.Ordinal, cancellation);

    private static async Task<bool> AnyAsync(BlobStore store, string container, string center, CancellationToken cancellation) =>
        await store.ListAsync(container, $"{center}/", cancellation).OrNoneAsync(cancellation).AnyAsync(cancellation);
}
