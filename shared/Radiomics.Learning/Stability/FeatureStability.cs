namespace Radiomics.Learning;

/// <summary>How stable a feature is over several cases.</summary>
/// <param name="Estimate">The intraclass correlation; null where there is none.</param>
/// <param name="Cases">Cases that it is of: those in which every image gave a value.</param>
/// <param name="Reason">Why there is no correlation; null where there is one.</param>
public sealed record FeatureStability(IccEstimate? Estimate, int Cases, string? Reason);
