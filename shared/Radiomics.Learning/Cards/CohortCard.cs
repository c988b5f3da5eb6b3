namespace Radiomics.Learning;

/// <summary>The cases behind a model.</summary>
public sealed record CohortCard
{
    /// <summary>Where the cases come from, in words.</summary>
    public required string Description { get; init; }

    /// <summary>Whether they are synthetic.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>SHA-256 of the cohort, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Seeds that make the synthetic cases again; empty for real ones.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [];

    /// <summary>The part on which everything was fitted and chosen.</summary>
    public required CohortPartCard Train { get; init; }

    /// <summary>The held-out part; no cases where nothing was held out.</summary>
    public required CohortPartCard Test { get; init; }

    /// <summary>The clinical covariates; empty where the cohort declares none.</summary>
    public IReadOnlyList<CovariateCard> Covariates { get; init; } = [];
}

/// <summary>One part of a cohort.</summary>
/// <param name="Cases">Number of cases.</param>
/// <param name="Patients">Number of patients.</param>
/// <param name="Positives">Cases with the outcome.</param>
public sealed record CohortPartCard(int Cases, int Patients, int Positives);

/// <summary>A covariate in the cohort table.</summary>
/// <param name="Name">Name as declared.</param>
/// <param name="Unit">Unit as declared; null if none.</param>
/// <param name="Rows">One row, or one a level.</param>
public sealed record CovariateCard(string Name, string? Unit, IReadOnlyList<CovariateRow> Rows);

/// <summary>A row of the cohort table: counts or <c>n / mean ± sd</c>, as text, by split and label.</summary>
/// <param name="Level">Level of a category; null for a number.</param>
/// <param name="TrainPositive">Training cases with the outcome.</param>
/// <param name="TrainNegative">Training cases without it.</param>
/// <param name="TestPositive">Held-out cases with the outcome.</param>
/// <param name="TestNegative">Held-out cases without it.</param>
public sealed record CovariateRow(string? Level, string TrainPositive, string TrainNegative, string TestPositive, string TestNegative);
