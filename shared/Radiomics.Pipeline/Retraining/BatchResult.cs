namespace Radiomics.Pipeline;

/// <summary>How a batch of extractions ended.</summary>
/// <param name="Made">Feature vectors that were made.</param>
/// <param name="Reused">Feature vectors that were there already.</param>
/// <param name="Failed">Feature vectors that can't be had; the reasons are in <paramref name="Findings"/>.</param>
/// <param name="Findings">The findings, in <c>models</c>: <c>{center}/retrainings/{id}/{kind}/{batch}.json</c>.</param>
public sealed record BatchResult(int Made, int Reused, int Failed, BlobReference Findings);
