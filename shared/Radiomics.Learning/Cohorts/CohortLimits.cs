namespace Radiomics.Learning;

/// <summary>How much a cohort file may hold.</summary>
public sealed record CohortLimits
{
    /// <summary>Bytes.</summary>
    public long MaxBytes { get; init; } = 16 << 20;

    /// <summary>Studies.</summary>
    public int MaxRows { get; init; } = 50_000;

    /// <summary>Covariates.</summary>
    public int MaxCovariates { get; init; } = 200;

    /// <summary>Characters of one field.</summary>
    public int MaxField { get; init; } = 256;

    /// <summary>Distinct values of a category. A column with more is a free text, which may hold names.</summary>
    public int MaxLevels { get; init; } = 20;

    /// <summary>Findings that are listed; the last one says how many are left out.</summary>
    public int MaxFindings { get; init; } = 500;
}
