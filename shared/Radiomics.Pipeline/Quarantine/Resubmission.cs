namespace Radiomics.Pipeline;

/// <summary>One more try with an upload that could not be used (<c>quarantine/{area}/{uploadId}/resubmission-{number}.json</c>): an upload of its own. Written once.</summary>
public sealed record Resubmission
{
    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>The center that it was submitted for.</summary>
    public required string Center { get; init; }

    /// <summary>The upload that it is.</summary>
    public required string UploadId { get; init; }

    /// <summary>The prediction of that.</summary>
    public required string PredictionId { get; init; }

    /// <summary>Its blob in <c>incoming</c>; the name says where it came from, and nothing of a patient.</summary>
    public required string Blob { get; init; }

    /// <summary>SHA-256 of its content.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether it was changed before.</summary>
    public required bool Fixed { get; init; }
}
