namespace Radiomics.Pipeline;

/// <summary>What became of a batch of studies.</summary>
/// <param name="Done">Studies × sequences that are ready now, whether made or found.</param>
/// <param name="Unusable">Those of which nothing can be had.</param>
public sealed record BatchResult(int Done, int Unusable);
