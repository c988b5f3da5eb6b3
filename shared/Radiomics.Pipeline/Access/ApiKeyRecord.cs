using System.Globalization;
using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>What is stored of an API key: <c>keys/{id}.json</c>. The key itself can't be made from it.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>The key's id, 16 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The one center that it is for.</summary>
    public required string Center { get; init; }

    /// <summary>What it may be used for there.</summary>
    public required IReadOnlyList<Right> Rights { get; init; }

    /// <summary>Whose it is, for people: a system's name, no person's.</summary>
    public required string Label { get; init; }

    /// <summary>SHA-256 of its secret.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime Created { get; init; }

    /// <summary>From when on it is refused, UTC; null: never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? Expires { get; init; }

    /// <summary>When it was revoked, UTC; null: it wasn't.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? Revoked { get; init; }

    /// <summary>Digest of all that stays as it was made, for the audit; the secret's own digest isn't told by it.</summary>
    public string ComputeDigest() => Digest.OfParts(
        ["api-key", Id, Center, .. Rights.Select(right => right.ToString()), Label, Sha256, Created.ToString("O", CultureInfo.InvariantCulture), Expires?.ToString("O", CultureInfo.InvariantCulture) ?? ""]);

    /// <summary>Whether it is taken at a time.</summary>
    public bool IsValid(DateTimeOffset now) => Revoked is null && (Expires is not { } expires || now.UtcDateTime < expires);
}
