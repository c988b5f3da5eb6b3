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

    /// <summary>
    /// Whether series that fit no rule are kept under the name <c>MR_{seriesNumber}</c>; otherwise they are left out with a warning.
    /// </summary>
    public bool AdmitUnclassified { get; init; }

    /// <summary>Names of field strengths, e.g. <c>3.0T</c> for 3.0 ± 0.25 T; tried in order.</summary>
    public required IReadOnlyList<FieldStrengthClass> FieldStrengths { get; init; }

    /// <summary>
    /// Regular expressions, case-insensitive, in order of preference: the first that fits any ROI of the study chooses it.
    /// They are matched against ROIName (RTSTRUCT), SegmentLabel, SegmentDescription and the segment's coded property (SEG).
    /// </summary>
    public required IReadOnlyList<string> RoiNames { get; init; }
}
