namespace Radiomics.Learning;

/// <summary>Studies with their outcomes: what models learn from.</summary>
public sealed record Cohort
{
    /// <summary>Clinical covariates, in the order of their columns.</summary>
    public required IReadOnlyList<CovariateDeclaration> Covariates { get; init; }

    /// <summary>The studies, in the order of their lines.</summary>
    public required IReadOnlyList<CohortRow> Rows { get; init; }
}

/// <summary>One study of a cohort.</summary>
public sealed record CohortRow
{
    /// <summary>Line in the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>StudyInstanceUID, mapped or not.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Whether the study has the outcome.</summary>
    public required bool Label { get; init; }

    /// <summary>Part of the cohort; null where the file names none.</summary>
    public CohortSplit? Split { get; init; }

    /// <summary>Patient, or pseudonym once mapped; null where the file names none.</summary>
    public string? Patient { get; init; }

    /// <summary>Values by covariate, as written; what is missing isn't there.</summary>
    public IReadOnlyDictionary<string, string> Covariates { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A clinical covariate as the header declares it: <c>age:number:a</c>, <c>sex:category</c>.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Number or category.</param>
/// <param name="Unit">Unit of a number; null if none is given.</param>
public sealed record CovariateDeclaration(string Name, CovariateType Type, string? Unit);

/// <summary>How a covariate's values are read.</summary>
public enum CovariateType
{
    /// <summary>A decimal number with a point.</summary>
    Number,

    /// <summary>One of a few words.</summary>
    Category,
}
