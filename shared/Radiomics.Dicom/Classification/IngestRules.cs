namespace Radiomics.Dicom;

/// <summary>How a center's studies are read: the part <c>ingest</c> of a center profile. Data, not code.</summary>
public sealed record IngestRules
{
    /// <summary>
    /// Which series is which; tried in order, the first that fits names the series. Vendor-neutral rules where a profile gives none.
    /// </summary>
    public IReadOnlyList<SequenceRule> Sequences { get; init; } = SequenceRule.Defaults;

    /// <summary>
    /// Whether series that fit no rule are kept under the name <c>MR_{seriesNumber}</c>; otherwise they are left out with a warning.
    /// </summary>
    public bool AdmitUnclassified { get; init; }

    /// <summary>Names of field strengths. Default: 1.5 ± 0.15 T is <c>1.5T</c>, 3.0 ± 0.25 T is <c>3.0T</c>.</summary>
    public IReadOnlyList<FieldStrengthClass> FieldStrengths { get; init; } =
    [
        new FieldStrengthClass { Name = "1.5T", Tesla = 1.5, Tolerance = 0.15 },
        new FieldStrengthClass { Name = "3.0T", Tesla = 3.0, Tolerance = 0.25 },
    ];

    /// <summary>
    /// Regular expressions, case-insensitive, in order of preference: the first that fits any ROI of the study chooses it.
    /// They are matched against ROIName (RTSTRUCT), SegmentLabel, SegmentDescription and the segment's coded property (SEG).
    /// </summary>
    public IReadOnlyList<string> RoiNames { get; init; } = [".*"];
}
