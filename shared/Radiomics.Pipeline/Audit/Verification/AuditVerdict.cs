using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>What the service last found a trail to be (<c>audit-heads/{center}/verdict.json</c>), signed, since who may write there could write it, too. An old one stays true of its time.</summary>
public sealed record AuditVerdict
{
    /// <summary>What its signature is of.</summary>
    internal const string Kind = "verdict";

    /// <summary>The center.</summary>
    public required string Center { get; init; }

    /// <summary>When the verification began, UTC: what was written later it says nothing of.</summary>
    public required DateTime Time { get; init; }

    /// <summary>How long it took, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether all was in order.</summary>
    public required bool Intact { get; init; }

    /// <summary>Events that were there.</summary>
    public required int Events { get; init; }

    /// <summary>Prediction records that were compared with the trail.</summary>
    public int Records { get; init; }

    /// <summary>Anchors that it was compared with.</summary>
    public int Anchors { get; init; }

    /// <summary>When the newest anchor was signed; null if there was none.</summary>
    public DateTime? AnchoredUntil { get; init; }

    /// <summary>Which line the last one was, counted from the first of all, and its hash; for people to note down.</summary>
    public string? Head { get; init; }

    /// <summary>The first things that were wrong, and where.</summary>
    public IReadOnlyList<VerdictFinding> Findings { get; init; } = [];

    /// <summary>All that was wrong, at most 100.</summary>
    public int FindingCount { get; init; }

    /// <summary>Whose signature it carries (<see cref="SignerCertificate.Id"/>).</summary>
    public string? Signer { get; init; }

    /// <summary>The signature, on this without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Signature { get; init; }

    /// <summary>What is signed.</summary>
    internal string Text() => BlobStore.Json(this with { Signature = null }).ToString();
}

/// <summary>Something that was wrong.</summary>
/// <param name="Where">Blob and line.</param>
/// <param name="Reason">What, in a few words that stay the same.</param>
/// <param name="Sentence">What that means.</param>
public sealed record VerdictFinding(string Where, string Reason, string Sentence);
