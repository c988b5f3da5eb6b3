using System.Text.Json.Serialization;

namespace Radiomics.Pipeline;

/// <summary>What <c>GET …/retrainings/{id}</c> answers, and what <c>models/{center}/retrainings/{id}.json</c> holds once it is final.</summary>
public sealed record RetrainingStatus
{
    /// <summary>Retraining id, which is the orchestration's instance id.</summary>
    public required string Id { get; init; }

    /// <summary>Center.</summary>
    public required string Center { get; init; }

    /// <summary>In a stored record of what an Idempotency-Key stands for, what was ordered (<see cref="RetrainingRequest.Order"/>). Else null and not written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Order { get; init; }

    /// <summary>How far it is.</summary>
    public required RetrainingState Status { get; init; }

    /// <summary>How far its parts are; null in a stored record.</summary>
    public RetrainingProgress? Progress { get; init; }

    /// <summary>The result, if succeeded.</summary>
    public RetrainingRecord? Record { get; init; }

    /// <summary>The reason, if failed.</summary>
    public PredictionError? Error { get; init; }
}
