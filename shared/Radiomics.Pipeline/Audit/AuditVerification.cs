namespace Radiomics.Pipeline;

/// <summary>What verifying a center's trail found.</summary>
/// <param name="Center">The center, or <c>_system</c>.</param>
/// <param name="Intact">Whether every event is as it was written and in its place, and every prediction record is what was audited.</param>
/// <param name="Events">Events that are there.</param>
/// <param name="BrokenAt">The first of <see cref="Findings"/>; null if intact.</param>
public sealed record AuditVerification(string Center, bool Intact, int Events, AuditBreak? BrokenAt)
{
    /// <summary>All that is wrong, at most 100.</summary>
    public IReadOnlyList<AuditBreak> Findings { get; init; } = [];

    /// <summary>The last line, for people to note down somewhere else; null if there is none.</summary>
    public NotedHead? Head { get; init; }

    /// <summary>Events that were written before events were signed: chained, and vouched for by the first signed event after them.</summary>
    public int Unsigned { get; init; }

    /// <summary>Time of the first signed event; null if there is none.</summary>
    public DateTime? SignedSince { get; init; }

    /// <summary>Anchors that the trail was compared with, in all places where they are kept.</summary>
    public int Anchors { get; init; }

    /// <summary>When the newest anchor was signed; null if there is none.</summary>
    public DateTime? AnchoredUntil { get; init; }

    /// <summary>Timestamps of an authority that were checked.</summary>
    public int Timestamps { get; init; }

    /// <summary>SHA-256 of the certificates that signed those timestamps, for people to compare.</summary>
    public IReadOnlyList<string> TimestampCertificates { get; init; } = [];

    /// <summary>Prediction records that were compared with the trail.</summary>
    public int Records { get; init; }

    /// <summary>Fingerprints of the keys that vouch for the writers.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether these were compared with the keys that count, or are only told.</summary>
    public bool KeysCompared { get; init; }
}

/// <summary>Something wrong with a trail, or with what it tells of.</summary>
/// <param name="Blob">Blob inside its container.</param>
/// <param name="Line">Line of the segment, from 1; the line after the last one if something is missing there. 0 where it is no line.</param>
/// <param name="Reason">What is wrong, in a few words that stay the same.</param>
public sealed record AuditBreak(string Blob, int Line, string Reason)
{
    /// <summary>The container.</summary>
    public string Container { get; init; } = Containers.Audit;

    /// <summary>The same in a sentence.</summary>
    public string Sentence => AuditReasons.SentenceOf(Reason);

    /// <inheritdoc/>
    public override string ToString() => $"{Container}/{Blob}{(Line > 0 ? FormattableString.Invariant($", line {Line}") : "")}: {Reason}. {Sentence}";
}

/// <summary>The end of a trail, as it was when somebody noted it down: whatever comes later, this line must be there.</summary>
/// <param name="Center">The center.</param>
/// <param name="Number">Which line it is, counted from the first of all, 1.</param>
/// <param name="Hash">Its hash; at least the first 16 digits of it.</param>
public sealed record NotedHead(string Center, long Number, string Hash)
{
    private const int FewestDigits = 16;

    /// <summary>Enough of the hash for people to copy.</summary>
    public string Short => Hash[..FewestDigits];

    /// <summary>Reads a line as <see cref="ToString"/> writes it; null if it is none.</summary>
    public static NotedHead? TryParse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var center, var number, var hash]
        && long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var count)
        && hash.Length is >= FewestDigits and <= 64 && hash.All(char.IsAsciiHexDigitLower)
            ? new(center, count, hash)
            : null;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Center} {Number} {Short}");
}
