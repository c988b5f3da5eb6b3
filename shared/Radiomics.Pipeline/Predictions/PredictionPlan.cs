namespace Radiomics.Pipeline;

/// <summary>What a prediction will be made with: fixed before anything is read, so that a pointer that moves meanwhile changes nothing.</summary>
public sealed record PredictionPlan
{
    /// <summary>SHA-256 of the center's profile and settings; <see cref="ProfileStore"/> has them.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Model by field strength; empty for a center that wants features only.</summary>
    public required IReadOnlyDictionary<string, ModelPointer> Models { get; init; }
}
