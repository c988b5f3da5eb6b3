namespace Radiomics.Learning;

/// <summary>What was found in a cohort. Quotes no value of a row: it may be a patient's name.</summary>
public sealed record CohortReport
{
    /// <summary>Studies that could be read.</summary>
    public required int Studies { get; init; }

    /// <summary>Patients; as many as studies where the file names none.</summary>
    public required int Patients { get; init; }

    /// <summary>Studies with the outcome.</summary>
    public required int Positives { get; init; }

    /// <summary>Studies in the test split; null where the file names no split.</summary>
    public int? TestStudies { get; init; }

    /// <summary>The covariates.</summary>
    public required IReadOnlyList<CovariateSummary> Covariates { get; init; }

    /// <summary>What a person should know, in the order of lines.</summary>
    public required IReadOnlyList<CohortFinding> Findings { get; init; }

    /// <summary>Whether the cohort can be learned from: no finding is an error.</summary>
    public bool Usable => Findings.All(finding => finding.Severity != FindingSeverity.Error);
}

/// <summary>One covariate of a cohort.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Number or category.</param>
/// <param name="Unit">Unit of a number; null if none is given.</param>
/// <param name="Missing">Studies without a value.</param>
/// <param name="Levels">Distinct values of a category.</param>
public sealed record CovariateSummary(string Name, CovariateType Type, string? Unit, int Missing, int? Levels);

/// <summary>Something about a cohort, or a line of it.</summary>
/// <param name="Line">Line in the file, from 1; 0 where it is about the whole.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Severity">Whether the cohort can be used all the same.</param>
/// <param name="Text">A sentence that the sender can act on.</param>
public sealed record CohortFinding(int Line, string Code, FindingSeverity Severity, string Text);

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>The cohort can be used.</summary>
    Warning,

    /// <summary>The cohort can't be used as it is.</summary>
    Error,
}
