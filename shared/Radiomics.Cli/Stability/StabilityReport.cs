using Radiomics.Learning;

namespace Radiomics.Cli.Stability;

/// <summary>What <c>radiomics stability</c> found: correlations of a list of cases, or dispersions of a single one.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Correlations">By feature; null for a single case.</param>
/// <param name="Dispersions">By feature; null for a list.</param>
/// <param name="Failed">Cases of the list that couldn't be used.</param>
/// <param name="Cases">Cases that were.</param>
/// <param name="Warnings">Of the extractions, each once.</param>
internal sealed record StabilityReport(
    StabilityRequest Request,
    IReadOnlyDictionary<string, FeatureStability>? Correlations,
    IReadOnlyDictionary<string, FeatureDispersion>? Dispersions,
    IReadOnlyList<StabilityFailure> Failed,
    int Cases,
    IReadOnlyList<string> Warnings);

/// <summary>A case that couldn't be used.</summary>
internal sealed record StabilityFailure(string Case, string Code, string Detail);
