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

    public required int Line { get; init; }

    public required string Id { get; init; }

    public required DateTime Time { get; init; }

    public required string Center { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required IReadOnlyDictionary<string, string> Subjects { get; init; }

    public required IReadOnlyDictionary<string, string> Digests { get; init; }

    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 of this line without this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hash { get; init; }

    [JsonIgnore]
    public bool IsClosing => Action == Closing;

    /// <summary>Name of the segment after this closing line's.</summary>
    [JsonIgnore]
    public string Next => Subjects["next"];

    /// <summary>The event as the line after the one with <paramref name="previousHash"/>, or as the first of a segment.</summary>
    public static AuditLine Create(AuditEvent e, DateTime time, int line, string previousHash)
    {
        var open = new AuditLine
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
        };
        return open with { Hash = open.ComputeHash() };
    }

    /// <summary>Reads a line; null if it isn't one.</summary>
    public static AuditLine? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditLine>(json, RadiomicsJson.Options);
        }
        catch (JsonException)
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
        Digest.Of(new BinaryData((this with { Line = 0, Time = default, PreviousHash = "", Hash = null }).ToBytes()));

    /// <summary>The hash that the line must carry.</summary>
    public string ComputeHash() => Digest.Of(new BinaryData((this with { Hash = null }).ToBytes()));
}
