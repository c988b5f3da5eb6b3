namespace Radiomics.Pipeline;

/// <summary>Input of the orchestration <c>PredictStudy</c>: ids only.</summary>
public sealed record PredictionRequest
{
    /// <summary>The prediction, which is the instance.</summary>
    public required string Id { get; init; }

    /// <summary>The upload to predict.</summary>
    public required string UploadId { get; init; }

    /// <summary>Center if known, else <c>_system</c>.</summary>
    public required string Center { get; init; }

    /// <summary>Digest of the center as sent (<see cref="CenterProfiles.SenderOf"/>) if it isn't known; else null.</summary>
    public string? Sender { get; init; }

    /// <summary>Who asked, for the audit.</summary>
    public required string Actor { get; init; }

    /// <summary>Id of the DICOM service that the study came from and its report returns to; null if it came otherwise.</summary>
    public string? DicomService { get; init; }

    /// <summary>Empty at first; tells the audit events of a restart after a fault from those before it.</summary>
    public string Run { get; init; } = "";

    /// <summary>Whether it waits for its turn; null in one that was begun by a version that knew none, and goes on as it began.</summary>
    public bool? TakesTurns { get; init; }

    /// <summary>Id of the audit event of a step.</summary>
    public string EventId(string step) => Run.Length == 0 ? $"{Id}/{step}" : $"{Id}+{Run}/{step}";
}
