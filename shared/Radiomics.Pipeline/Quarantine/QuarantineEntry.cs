namespace Radiomics.Pipeline;

/// <summary>An upload that could not be used, and what became of it. Says nothing of a patient.</summary>
public sealed record QuarantineEntry
{
    /// <summary>The center; <c>_system</c> if it came for one that isn't known.</summary>
    public required string Center { get; init; }

    /// <summary>The upload.</summary>
    public required string UploadId { get; init; }

    /// <summary>The failed prediction.</summary>
    public required string PredictionId { get; init; }

    /// <summary>Why: a stable code.</summary>
    public required string Code { get; init; }

    /// <summary>Why: a sentence for the sender.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do, in general, in Markdown.</summary>
    public required string Advice { get; init; }

    /// <summary>What can be done, the likeliest first.</summary>
    public required IReadOnlyList<QuarantineRemedy> Remedies { get; init; }

    /// <summary>When it was set aside, UTC.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Files that are kept; a zip is one.</summary>
    public required int Files { get; init; }

    /// <summary>Their size.</summary>
    public required long Bytes { get; init; }

    /// <summary>How it stands.</summary>
    public required QuarantineState State { get; init; }

    /// <summary>Later tries with it, the first one first.</summary>
    public IReadOnlyList<Resubmission> Resubmissions { get; init; } = [];

    /// <summary>The prediction that came of one of them; null if none has yet.</summary>
    public string? ResolvedBy { get; init; }
}

/// <summary>How an upload in quarantine stands.</summary>
public enum QuarantineState
{
    /// <summary>Nobody has tried again.</summary>
    Open,

    /// <summary>It was submitted again, and there is no answer yet, or a refusal.</summary>
    Resubmitted,

    /// <summary>A later try was predicted. It stays until its period is over.</summary>
    Resolved,
}
