using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>What the report of a prediction tells of.</summary>
public sealed record ReportSubject
{
    /// <summary>The prediction.</summary>
    public required Prediction Prediction { get; init; }

    /// <summary>Its study; null where it is here no longer.</summary>
    public required StudyManifest? Manifest { get; init; }

    /// <summary>The card of the model that answered; null for a center without models, or where it is here no longer.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>What is drawn; null where the images are here no longer.</summary>
    public ReportImages? Images { get; init; }
}

/// <summary>A sequence to be drawn: the one that the model read.</summary>
/// <param name="Sequence">Its name.</param>
/// <param name="Volume">The volume.</param>
/// <param name="Roi">The ROI, on the volume's grid.</param>
public sealed record ReportImages(string Sequence, Volume Volume, Mask Roi);
