namespace Radiomics.Learning;

/// <summary>One study of a cohort, as learning sees it.</summary>
public sealed record LearningCase
{
    /// <summary>Mapped StudyInstanceUID.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Pseudonym of the patient; studies of one patient stay together in every split and fold. The study's UID where the cohort names no patient.</summary>
    public required string Patient { get; init; }

    /// <summary>Whether the case has the outcome.</summary>
    public required bool Label { get; init; }

    /// <summary>Center and field strength, e.g. <c>A/3.0T</c>: the batch of a harmonisation.</summary>
    public required string Batch { get; init; }

    /// <summary>The part of the cohort it belongs to.</summary>
    public required CohortSplit Split { get; init; }
}

/// <summary>The two parts of a cohort.</summary>
public enum CohortSplit
{
    /// <summary>Everything is fitted and chosen on these.</summary>
    Train,

    /// <summary>Only the winner is scored on these, once.</summary>
    Test,
}
