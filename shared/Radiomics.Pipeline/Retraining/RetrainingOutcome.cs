namespace Radiomics.Pipeline;

/// <summary>Output of the orchestration: where the record is, or why there is none.</summary>
/// <param name="Record">The final record, in <c>models</c>.</param>
/// <param name="Error">Null if succeeded.</param>
public sealed record RetrainingOutcome(BlobReference Record, PredictionError? Error)
{
    /// <summary>A fault of the service.</summary>
    public static PredictionError Fault { get; } = new(
        PredictionError.InternalFault,
        "The service could not finish this retraining although it tried several times; nothing is wrong with the cohort. Start it again later, or tell the operator its id.");
}
