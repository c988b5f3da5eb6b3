using Radiomics.Dicom;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>All that a retraining fixes before it does anything (<c>{center}/retrainings/{id}/plan.json</c>, written once). Mapped identifiers only.</summary>
public sealed record PlanDocument
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>SHA-256 of the center's profile and settings; <see cref="ProfileStore"/> has them.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Hash of the extraction settings.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>Engine that makes the features.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Version of the learning code.</summary>
    public required string LearningVersion { get; init; }

    /// <summary>The cohorts by content, in <c>cohorts</c>: the retraining's own first, then those it is pooled with.</summary>
    public required IReadOnlyList<PlannedCohort> Cohorts { get; init; }

    /// <summary>Covariates of the own cohort.</summary>
    public required IReadOnlyList<CovariateDeclaration> Covariates { get; init; }

    /// <summary>The columns that they become.</summary>
    public required IReadOnlyList<string> CovariateColumns { get; init; }

    /// <summary>The studies by center and field strength: the own center's first.</summary>
    public required IReadOnlyList<PlannedGroup> Groups { get; init; }

    /// <summary>Features that aren't there yet, in batches.</summary>
    public required IReadOnlyList<IReadOnlyList<PlannedItem>> Extractions { get; init; }

    /// <summary>Features to measure stability on, in batches.</summary>
    public required IReadOnlyList<IReadOnlyList<PlannedItem>> Stability { get; init; }

    /// <summary>The group that models are trained for at a field strength.</summary>
    public PlannedGroup Trained(string fieldStrength) => Groups.Single(group => group.Trained && group.FieldStrength == fieldStrength);
}

/// <summary>A cohort of a plan.</summary>
/// <param name="Center">Center.</param>
/// <param name="Blob">Name that it had.</param>
/// <param name="Sha256">Its content.</param>
public sealed record PlannedCohort(string Center, string Blob, string Sha256);

/// <summary>A center's studies at a field strength.</summary>
public sealed record PlannedGroup
{
    /// <summary>Center.</summary>
    public required string Center { get; init; }

    /// <summary>Field strength.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>Whether a model is trained for it; else it is there to compare scanners with.</summary>
    public required bool Trained { get; init; }

    /// <summary>Sequences whose features are needed, in ordinal order.</summary>
    public required IReadOnlyList<string> Sequences { get; init; }

    /// <summary>The studies, in ordinal order of their UIDs.</summary>
    public required IReadOnlyList<PlannedCase> Cases { get; init; }
}

/// <summary>One study of a plan.</summary>
public sealed record PlannedCase
{
    /// <summary>Line in its cohort.</summary>
    public required int Line { get; init; }

    /// <summary>The study as learning sees it.</summary>
    public required LearningCase Case { get; init; }

    /// <summary>Covariates by column; null where missing.</summary>
    public required IReadOnlyDictionary<string, double?> Covariates { get; init; }

    /// <summary>What there is of it, by sequence.</summary>
    public required IReadOnlyDictionary<string, PlannedSequence> Sequences { get; init; }
}

/// <summary>A sequence of a study.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Roi">The ROI.</param>
/// <param name="Features">Name that its features have, or will have.</param>
public sealed record PlannedSequence(StoredFile Volume, StoredFile Roi, string Features);

/// <summary>One feature vector of a plan.</summary>
/// <param name="Group">Index in <see cref="PlanDocument.Groups"/>.</param>
/// <param name="Case">Index in <see cref="PlannedGroup.Cases"/>.</param>
/// <param name="Sequence">Sequence.</param>
public sealed record PlannedItem(int Group, int Case, string Sequence);
