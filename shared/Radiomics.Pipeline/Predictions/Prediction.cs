using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>
/// The answer for one upload, with everything needed to compute it again. Holds no clock, host or duration: the same inputs give the same bytes.
/// </summary>
public sealed record Prediction
{
    /// <summary>Prediction id.</summary>
    public required string Id { get; init; }

    /// <summary>Center the upload came for.</summary>
    public required string Center { get; init; }

    /// <summary>The upload.</summary>
    public required string UploadId { get; init; }

    /// <summary>Prediction of an earlier upload under the same name, which this one replaces.</summary>
    public string? Supersedes { get; init; }

    /// <summary>Mapped StudyInstanceUID.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Class of the field strength, e.g. <c>3.0T</c>; null if unknown, where no model is chosen.</summary>
    public string? FieldStrength { get; init; }

    /// <summary>Tesla.</summary>
    public double? MagneticFieldStrength { get; init; }

    /// <summary>The model that answered; null for a center without models.</summary>
    public PredictionModel? Model { get; init; }

    /// <summary>Probability of the model's outcome, in [0,1].</summary>
    public double? Probability { get; init; }

    /// <summary>Probability from which on (inclusive) the decision is positive.</summary>
    public double? Threshold { get; init; }

    /// <summary>The decision at the threshold.</summary>
    public PredictionDecision? Decision { get; init; }

    /// <summary>Contributions of the features, and how far the study lies from the training cases; null for a center without models.</summary>
    public PredictionExplanation? Explanation { get; init; }

    /// <summary>Name of the extraction settings.</summary>
    public required string Settings { get; init; }

    /// <summary>SHA-256 of the extraction settings.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>Version of the extraction engine.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Version of ingest.</summary>
    public required string IngestVersion { get; init; }

    /// <summary>SHA-256 of the upload's content.</summary>
    public required string UploadSha256 { get; init; }

    /// <summary>SHA-256 of the pinned center profile and settings.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>The study's manifest.</summary>
    public required BlobReference Manifest { get; init; }

    /// <summary>Features and what they were computed from, by sequence in ordinal order.</summary>
    public required IReadOnlyList<PredictionSequence> Sequences { get; init; }

    /// <summary>What to know before believing the probability, then what was left out or assumed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>True unless the model is approved for patients.</summary>
    public required bool NotForClinicalUse { get; init; }

    /// <summary>The sentence to show beside the answer.</summary>
    public required string Notice { get; init; }
}

/// <summary>What a model says of a study at its threshold.</summary>
public enum PredictionDecision
{
    /// <summary>Below the threshold.</summary>
    Negative,

    /// <summary>At or above the threshold.</summary>
    Positive,
}

/// <summary>The model behind a prediction.</summary>
public sealed record PredictionModel
{
    /// <summary>Center the model belongs to.</summary>
    public required string Center { get; init; }

    /// <summary>Field strength the model belongs to.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Content hash of the package, 16 hex digits.</summary>
    public required string Version { get; init; }

    /// <summary>Sequence that it reads.</summary>
    public required string Sequence { get; init; }

    /// <summary>How it was trained, in words.</summary>
    public required string Learner { get; init; }

    /// <summary>What is predicted.</summary>
    public required string Outcome { get; init; }

    /// <summary>SHA-256 of the package as stored.</summary>
    public required string PackageSha256 { get; init; }
}

/// <summary>One sequence of a prediction.</summary>
public sealed record PredictionSequence
{
    /// <summary>Sequence name.</summary>
    public required string Name { get; init; }

    /// <summary>The volume, in <c>studies</c>.</summary>
    public required BlobReference Volume { get; init; }

    /// <summary>The ROI, in <c>studies</c>.</summary>
    public required BlobReference Roi { get; init; }

    /// <summary>The feature vector, in <c>features</c>; null if none could be had.</summary>
    public BlobReference? Features { get; init; }

    /// <summary>Volume of the ROI, millilitres.</summary>
    public required double RoiVolumeMl { get; init; }

    /// <summary>Where the ROI came from: <c>RTSTRUCT</c>, <c>SEG</c> or <c>NIFTI</c>.</summary>
    public string? RoiSource { get; init; }

    /// <summary>What can be said of the ROI; null where the study was read before that was asked.</summary>
    public RoiQuality? RoiQuality { get; init; }
}
