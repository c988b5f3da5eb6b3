using System.Text.Json.Serialization;

namespace Radiomics.Dicom;

/// <summary>How a center's studies are read: the part <c>ingest</c> of a center profile. Data, not code.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record IngestRules
{
    /// <summary>
    /// Which series is which; tried in order, the first that fits names the series. Of several series of one name the one that an earlier
    /// rule named is taken.
    /// </summary>
    public required IReadOnlyList<SequenceRule> Sequences { get; init; }

    /// <summary>What is none of the sequences, whatever rule it fits: diffusion, phase images, maps. The names say why.</summary>
    public IReadOnlyList<SequenceRule> Excluded { get; init; } = [];

    /// <summary>Whether images are taken whose ImageType says <c>SECONDARY</c>: some archives and workstations mark primary images so.</summary>
    public bool AdmitSecondary { get; init; }

    /// <summary>What kind of images the study is measured by; others are set aside.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImageModality Modality { get; init; }

    /// <summary>With <see cref="ImageModality.Pet"/>: what the intensities are to be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PetQuantity Pet { get; init; }

    /// <summary>
    /// Whether series that fit no rule are kept under the name <c>MR_{seriesNumber}</c> (<c>CT_</c>, <c>PT_</c>); otherwise they are left out with a warning.
    /// </summary>
    public bool AdmitUnclassified { get; init; }

    /// <summary>Names of field strengths, e.g. <c>3.0T</c> for 3.0 ± 0.25 T; tried in order.</summary>
    public required IReadOnlyList<FieldStrengthClass> FieldStrengths { get; init; }

    /// <summary>
    /// Regular expressions, case-insensitive, in order of preference: of an object's ROIs that one is chosen which the first fits, and of several objects the
    /// newest that has such an ROI.
    /// They are matched against ROIName (RTSTRUCT), SegmentLabel, SegmentDescription and the segment's coded property (SEG), and the name of a
    /// NIfTI mask's file.
    /// </summary>
    public required IReadOnlyList<string> RoiNames { get; init; }

    /// <summary>
    /// Regular expressions, case-insensitive, of names that are no ROI although they fit <see cref="RoiNames"/>: vessels, lesions, segments
    /// and margins. A region whose label fits one is never taken.
    /// </summary>
    public IReadOnlyList<string> RoiNamesWithout { get; init; } = [];

    /// <summary>
    /// Codes of the ROI, as scheme and value (<c>SCT 10200004</c>). A region coded so comes before any name; one coded otherwise is never
    /// taken, and of several that fit none may be guessed. Empty for a center to which any region is welcome.
    /// </summary>
    public IReadOnlyList<string> RoiCodes { get; init; } = [];

    /// <summary>What an ROI must be like to be believed; null for no limits.</summary>
    public RoiLimits? RoiLimits { get; init; }
}
