namespace Radiomics.Pipeline;

/// <summary>What came of computing a prediction again.</summary>
public sealed record ReplayReport
{
    /// <summary>Center.</summary>
    public required string Center { get; init; }

    /// <summary>The prediction.</summary>
    public required string PredictionId { get; init; }

    /// <summary>Version of the engine that it was made with, and computed again.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>SHA-256 of the pinned profile.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Version of the model; null for a center without models.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>The sequences, in ordinal order.</summary>
    public required IReadOnlyList<ReplayedSequence> Sequences { get; init; }

    /// <summary>The probability that the record has; null for a center without models.</summary>
    public double? Probability { get; init; }

    /// <summary>The probability that was computed now.</summary>
    public double? ReplayedProbability { get; init; }

    /// <summary>SHA-256 of the record as stored.</summary>
    public required string RecordSha256 { get; init; }

    /// <summary>SHA-256 of the record as put together now.</summary>
    public required string ReplayedRecordSha256 { get; init; }

    /// <summary>Where in the record the two differ (<c>prediction.probability</c>); empty if they are the same byte by byte.</summary>
    public required IReadOnlyList<string> RecordDifferences { get; init; }

    /// <summary>What came of reading the upload again; null if that wasn't asked for.</summary>
    public ReplayedIngest? Ingest { get; init; }

    /// <summary>Whether all of it is as it was.</summary>
    public bool Same => RecordSha256 == ReplayedRecordSha256 && Sequences.All(sequence => sequence.Same) && Ingest is null or { Same: true };
}

/// <summary>A sequence whose features were computed again.</summary>
/// <param name="Name">Name of the sequence.</param>
/// <param name="Features">How many features there are.</param>
/// <param name="Stored">What lies in storage now.</param>
/// <param name="Sha256">Digest of the features that the record names; null if it says that there are none.</param>
/// <param name="ReplayedSha256">Digest of the features that were computed now; null if there are none.</param>
/// <param name="Error">Why there are none now.</param>
/// <param name="LargestDifference">The feature that differs most from the stored one; null if none does, or the stored ones can't be had.</param>
public sealed record ReplayedSequence(
    string Name, int Features, StoredFeatureState Stored, string? Sha256, string? ReplayedSha256, string? Error, FeatureDifference? LargestDifference)
{
    /// <summary>Whether it is as it was.</summary>
    public bool Same => Sha256 == ReplayedSha256 && Stored != StoredFeatureState.Altered;
}

/// <summary>What lies where a record says that features are.</summary>
public enum StoredFeatureState
{
    /// <summary>The features that it names.</summary>
    AsRecorded,

    /// <summary>Other bytes than those.</summary>
    Altered,

    /// <summary>Nothing, any more: what was computed is held against the digest alone.</summary>
    Gone,

    /// <summary>It says that there are none.</summary>
    None,
}

/// <summary>A feature that isn't what it was.</summary>
/// <param name="Feature">Its tag.</param>
/// <param name="Stored">Value in storage; null if undefined or absent.</param>
/// <param name="Replayed">Value now.</param>
public sealed record FeatureDifference(string Feature, double? Stored, double? Replayed);

/// <summary>What came of reading an upload again.</summary>
/// <param name="Volumes">Volumes and regions that have the same bytes as those that are stored.</param>
/// <param name="Differing">Names of those that haven't, or are missing on one side.</param>
/// <param name="ManifestSame">Whether the manifest has the same bytes; not so, for one, if the UID key is another than at the time.</param>
public sealed record ReplayedIngest(int Volumes, IReadOnlyList<string> Differing, bool ManifestSame)
{
    /// <summary>Whether all of it is as it was.</summary>
    public bool Same => Differing.Count == 0 && ManifestSame;
}
