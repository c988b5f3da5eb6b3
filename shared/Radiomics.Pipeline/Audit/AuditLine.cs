using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>An event as it stands in a segment: one line of JSON, chained to the line before.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AuditLine
{
    /// <summary>What the first event of a center is chained to.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Action of the last line of a segment, written before the next one begins so that nobody adds to the old one any more.</summary>
    public const string Closing = "segment-closed";

    /// <summary>What a signature on a line is of.</summary>
    public const string SignedKind = "line";

    public required int Line { get; init; }

    public required string Id { get; init; }

    public required DateTime Time { get; init; }

    public required string Center { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required IReadOnlyDictionary<string, string> Subjects { get; init; }

    public required IReadOnlyDictionary<string, string> Digests { get; init; }

    public required string PreviousHash { get; init; }

    /// <summary>What the writer's clock said, where that was before the time of the line before: no line has an earlier time than its predecessor.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? Clock { get; init; }

    /// <summary>Whose signature it carries (<see cref="SignerCertificate.Id"/>); null in lines of versions that didn't sign.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Signer { get; init; }

    /// <summary>SHA-256 of this line without this member and the next.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hash { get; init; }

    /// <summary>The signer's signature on <see cref="Hash"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Signature { get; init; }

    /// <summary>What the writer's clock said.</summary>
    [JsonIgnore]
    public DateTime WrittenAt => Clock ?? Time;

    [JsonIgnore]
    public bool IsClosing => Action == Closing;

    // Required members are there; what they hold may be null, where somebody else wrote them.
    private bool IsWhole => this is { Id: not null, Center: not null, Actor: not null, Action: not null, Subjects: not null, Digests: not null, PreviousHash: not null }
        && !Subjects.Values.Concat(Digests.Values).Contains(null!);

    /// <summary>Name of the segment after this closing line's; null if it names none.</summary>
    [JsonIgnore]
    public string? Next => Subjects.GetValueOrDefault("next");

    /// <summary>The event as the line after <paramref name="previous"/>, or as the first of a segment.</summary>
    /// <param name="e">The event.</param>
    /// <param name="now">What the clock says.</param>
    /// <param name="previous">The line before, of this segment or the one before it; null if it is the first of all.</param>
    /// <param name="line">Its number in the segment.</param>
    /// <param name="session">Signs it.</param>
    public static AuditLine Create(AuditEvent e, DateTime now, AuditLine? previous, int line, AuditSession session)
    {
        var isBehind = previous is not null && previous.Time > now;
        return Open(e, isBehind ? previous!.Time : now, isBehind ? now : null, line, previous?.Hash ?? Genesis, session.Id).SignedBy(session);
    }

    /// <summary>The most bytes that an event's line takes, wherever it stands.</summary>
    public static int MostBytesOf(AuditEvent e) =>
        (Open(e, DateTime.MaxValue, DateTime.MaxValue, int.MaxValue, Genesis, Genesis[..32]) with { Hash = Genesis, Signature = new byte[64] }).ToBytes().Length;

    /// <summary>The line with the hash and the signature that fit it.</summary>
    public AuditLine SignedBy(AuditSession session)
    {
        var hash = ComputeHash();
        return this with { Hash = hash, Signature = session.Sign(SignedKind, hash) };
    }

    private static AuditLine Open(AuditEvent e, DateTime time, DateTime? clock, int line, string previousHash, string signer) => new()
    {
        Line = line,
        Id = e.Id,
        Time = time,
        Center = e.Center,
        Actor = e.Actor,
        Action = e.Action,
        Subjects = new SortedDictionary<string, string>(e.Subjects.ToDictionary(), StringComparer.Ordinal),
        Digests = new SortedDictionary<string, string>(e.Digests.ToDictionary(), StringComparer.Ordinal),
        PreviousHash = previousHash,
        Clock = clock,
        Signer = signer,
    };

    /// <summary>Reads a line; null if it isn't one.</summary>
    public static AuditLine? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditLine>(json, RadiomicsJson.Options) is { IsWhole: true } line ? line : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The line's bytes, without the line end.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, RadiomicsJson.Options);

    /// <summary>The line as text, for messages and tests.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToBytes());

    /// <summary>Hash of what the line says, wherever and whenever it does: equal for an event and its repeat.</summary>
    public string ComputeContentHash() =>
        Digest.Of(new BinaryData((this with { Line = 0, Time = default, PreviousHash = "", Clock = null, Signer = null, Hash = null, Signature = null }).ToBytes()));

    /// <summary>The hash that the line must carry.</summary>
    public string ComputeHash() => Digest.Of(new BinaryData((this with { Hash = null, Signature = null }).ToBytes()));
}
