using System.Text.Json;

namespace Radiomics.Pipeline;

/// <summary>Compares a chain with the anchors that lie in one place. They are listed before the walk, since the chain may grow meanwhile, and not the other way round.</summary>
internal sealed class AnchorCheck(BlobStore store, string center, bool isSecond, SignatureCheck signatures, Action<AuditBreak> found)
{
    private const int AtOnce = 32;

    private readonly List<AuditPosition> _anchors = [];
    private readonly HashSet<string> _timestamps = new(StringComparer.Ordinal);
    private readonly List<(AuditPosition At, string Hash)> _due = [];
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _certificates = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>How many there are.</summary>
    public int Count => _anchors.Count;

    /// <summary>When the newest was signed.</summary>
    public DateTime? Until { get; private set; }

    /// <summary>Timestamps that hold.</summary>
    public int Timestamps { get; private set; }

    /// <summary>SHA-256 of the certificates that signed them.</summary>
    public IReadOnlyCollection<string> Certificates => _certificates;

    /// <summary>Lists them.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await foreach (var name in AuditAnchors.NamesAsync(store, center, cancellation))
        {
            if (AuditAnchors.PositionOf(name) is { } at)
            {
                _anchors.Add(at);
            }
            else if (name.EndsWith(AuditAnchors.TimestampSuffix, StringComparison.Ordinal))
            {
                _timestamps.Add(name[..^AuditAnchors.TimestampSuffix.Length]);
            }
            else
            {
                Found(name, AuditReasons.AnchorForged);
            }
        }

        _anchors.Sort();
    }

    /// <summary>Whether there is one of a name.</summary>
    public bool Has(string name) => AuditAnchors.PositionOf(name) is { } at && _anchors.BinarySearch(at) >= 0;

    /// <summary>The names that another place has, and this one not.</summary>
    public IEnumerable<string> MissingOf(AnchorCheck other) => other._anchors.Where(at => _anchors.BinarySearch(at) < 0).Select(at => AuditAnchors.NameOf(at.Segment, at.Line));

    /// <summary>Told each line of the chain, in order.</summary>
    public async Task SeeAsync(AuditPosition at, AuditLine line, CancellationToken cancellation)
    {
        SkipBefore(at);
        if (_next < _anchors.Count && _anchors[_next].CompareTo(at) == 0)
        {
            _due.Add((at, line.Hash ?? ""));
            _next++;
            if (_due.Count == AtOnce)
            {
                await CompareAsync(cancellation);
            }
        }
    }

    /// <summary>Told that there are no more.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        SkipBefore(null);
        await CompareAsync(cancellation);
    }

    private void SkipBefore(AuditPosition? at)
    {
        for (; _next < _anchors.Count && (at is not { } line || _anchors[_next].CompareTo(line) < 0); _next++)
        {
            found(new(_anchors[_next].Segment.Blob, _anchors[_next].Line, AuditReasons.AnchoredLineMissing));
        }
    }

    private async Task CompareAsync(CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(_due, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (due, token) => await CompareAsync(due.At, due.Hash, token));
        _due.Clear();
    }

    private async Task CompareAsync(AuditPosition at, string hash, CancellationToken cancellation)
    {
        var name = AuditAnchors.NameOf(at.Segment, at.Line);
        var content = await store.TryReadAsync(Containers.AuditAnchors, name, cancellation);
        if (content is null)
        {
            Found(name, AuditReasons.AnchorMissing);
            return;
        }

        if (TryParse(content.Content) is not { } anchor || anchor.Blob != at.Segment.Blob || anchor.Line != at.Line || await anchor.FaultAsync(signatures, cancellation) is not null)
        {
            Found(name, AuditReasons.AnchorForged);
            return;
        }

        lock (_lock)
        {
            Until = Until > anchor.Time ? Until : anchor.Time;
        }

        if (anchor.Hash != hash)
        {
            lock (_lock)
            {
                found(new(at.Segment.Blob, at.Line, AuditReasons.OtherThanAnchored));
            }
        }

        // The second place gets the newest of every five minutes only.
        if (!isSecond && anchor.Anchor is { } before && !Has(before))
        {
            Found(before, AuditReasons.AnchorMissing);
        }

        if (_timestamps.Contains(name))
        {
            await CheckTimestampAsync(name, content.Content, anchor.Time!.Value, cancellation);
        }
    }

    private async Task CheckTimestampAsync(string name, BinaryData anchor, DateTime signed, CancellationToken cancellation)
    {
        var token = await store.TryReadAsync(Containers.AuditAnchors, name + AuditAnchors.TimestampSuffix, cancellation);
        var certificate = token is null ? null : Timestamp.CertificateOf(token.Content, anchor, signed);
        if (certificate is null)
        {
            Found(name + AuditAnchors.TimestampSuffix, AuditReasons.TimestampWrong);
            return;
        }

        lock (_lock)
        {
            Timestamps++;
            _certificates.Add(certificate);
        }
    }

    private static AuditHead? TryParse(BinaryData json)
    {
        try
        {
            return BlobStore.Parse<AuditHead>(json);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or FormatException)
        {
            return null;
        }
    }

    private void Found(string name, string reason)
    {
        lock (_lock)
        {
            found(new(name, 0, reason) { Container = isSecond ? $"{Containers.AuditAnchors} of the second account" : Containers.AuditAnchors });
        }
    }
}
