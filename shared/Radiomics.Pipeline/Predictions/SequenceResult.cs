namespace Radiomics.Pipeline;

/// <summary>How the extraction of one sequence ended.</summary>
/// <param name="Name">Sequence name.</param>
/// <param name="Features">The features; null if none could be had.</param>
/// <param name="Error">Why none could be had.</param>
public sealed record SequenceResult(string Name, BlobReference? Features, PredictionError? Error);
