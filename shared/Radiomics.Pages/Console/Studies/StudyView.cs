using Radiomics.Dicom;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Studies;

/// <summary>What the page of one study shows.</summary>
public sealed record StudyView
{
    /// <summary>The prediction, as far as it is.</summary>
    public required PredictionStatus Status { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>When its record was written; null while there is none.</summary>
    public DateTimeOffset? Written { get; init; }

    /// <summary>What is known of the study's sequences; null where nothing was predicted, or they were deleted.</summary>
    public StudyManifest? Manifest { get; init; }

    /// <summary>The features of the sequences that have some; none where they were deleted.</summary>
    public IReadOnlyList<StoredFeatures> Features { get; init; } = [];

    /// <summary>The images that there are; none where nothing was predicted, or they were deleted.</summary>
    public IReadOnlyList<StudyImageSet> Images { get; init; } = [];

    /// <summary>The prediction of what was sent later under the same name; null if nothing was.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>What the audit trail has of it.</summary>
    public PredictionEvents Events { get; init; } = new([], HasBeginning: false, HasEnd: true);

    /// <summary>Parts that aren't as they were stored: codes and sentences.</summary>
    public IReadOnlyList<PredictionError> Faults { get; init; } = [];

    /// <summary>Whether whoever sent it comes to a prediction that there was before.</summary>
    public bool IsSentAgain { get; init; }
}
