namespace Radiomics.Pipeline;

/// <summary>Why something is in quarantine (<c>reason.json</c>).</summary>
public sealed record QuarantineReason
{
    /// <summary>Stable code.</summary>
    public required string Code { get; init; }

    /// <summary>The sentence for the sender.</summary>
    public required string Detail { get; init; }

    /// <summary>The upload.</summary>
    public required string UploadId { get; init; }

    /// <summary>The failed prediction.</summary>
    public required string PredictionId { get; init; }

    /// <summary>Whether a copy lies beside this; if not, the upload's receipt says where it lies.</summary>
    public bool Copied { get; init; } = true;

    /// <summary>SHA-256 of the upload's content.</summary>
    public required string UploadSha256 { get; init; }
}
