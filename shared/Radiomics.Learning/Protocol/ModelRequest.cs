namespace Radiomics.Learning;

/// <summary>Whose model it is and what its card says; with the data and the settings it decides every byte of the package.</summary>
public sealed record ModelRequest
{
    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Center the model is for.</summary>
    public required string Center { get; init; }

    /// <summary>Field strength class, <c>1.5T</c> or <c>3.0T</c>.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>What the label means.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the model is meant for.</summary>
    public required string IntendedUse { get; init; }

    /// <summary>Where the cases come from, in words.</summary>
    public required string CohortDescription { get; init; }

    /// <summary>Whether the cases are synthetic.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Seeds that make the synthetic cases again; empty for real ones.</summary>
    public IReadOnlyList<int> CohortSeeds { get; init; } = [];

    /// <summary>True until somebody has approved the model for patients.</summary>
    public bool NotForClinicalUse { get; init; } = true;

    /// <summary>The sentence to show beside every result of the model.</summary>
    public required string Notice { get; init; }

    /// <summary>SHA-256 of the cohort as it was read, lower-case hex.</summary>
    public required string CohortSha256 { get; init; }

    /// <summary>The covariates that the cohort declares.</summary>
    public IReadOnlyList<CovariateDeclaration> Covariates { get; init; } = [];

    /// <summary>How stability was measured, by sequence; empty where it wasn't.</summary>
    public IReadOnlyDictionary<string, StabilityCard> Stability { get; init; } = new SortedDictionary<string, StabilityCard>(StringComparer.Ordinal);
}
