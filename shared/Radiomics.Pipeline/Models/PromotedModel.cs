using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>One state of a center's pointer: what <c>current.json</c> holds now, and <c>history/{number}.json</c> once it has been recorded. Reads as a <see cref="ModelPointer"/>, too.</summary>
public sealed record PromotedModel
{
    /// <summary>Content hash of the package, 16 hex digits.</summary>
    public required string Version { get; init; }

    /// <summary>Sequence that it reads.</summary>
    public required string Sequence { get; init; }

    /// <summary>SHA-256 of <c>package.zip</c>.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What made it the current one: <c>approval</c>, <c>rollback</c>, <c>rule</c>, or <c>demonstration</c> for what ships with the app. Goes into predictions, so it names nobody.</summary>
    public required string PromotedBy { get; init; }

    /// <summary>The person who decided; null where none did. Stays here and in the audit: what plans pin doesn't carry it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DecidedBy { get; init; }

    /// <summary>Counts the pointer's states, from 1.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Why; null for what ships with the app.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The retraining that it came of; null for what ships with the app, and after a rollback.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Retraining { get; init; }

    /// <summary>Who asked, for the audit: a verified principal, or <c>pipeline</c>; null for what ships with the app.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Actor { get; init; }

    /// <summary>Whether it was put back after something newer.</summary>
    public bool RolledBack { get; init; }

    /// <summary>The model before, which a rollback without a version goes back to; null if there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelPointer? Previous { get; init; }

    /// <summary>What plans pin.</summary>
    [JsonIgnore]
    public ModelPointer Pointer => new() { Version = Version, Sequence = Sequence, Sha256 = Sha256, PromotedBy = PromotedBy };
}
