namespace Radiomics.Pipeline;

/// <summary>Output of the orchestration: where the record is, or why there is none.</summary>
/// <param name="Record">The final record, in <c>predictions</c>.</param>
/// <param name="Error">Null if succeeded.</param>
public sealed record PredictionOutcome(BlobReference Record, PredictionError? Error);
