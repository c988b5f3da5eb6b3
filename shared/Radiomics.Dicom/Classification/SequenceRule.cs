using System.Text.Json.Serialization;

namespace Radiomics.Dicom;

/// <summary>
/// One way to recognise a sequence from header facts. Every condition that a rule states must hold; within a list, any value does.
/// Texts are compared without regard to case.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SequenceRule
{
    /// <summary>
    /// What the series is called: <c>T1_F</c>, <c>T1_W</c>, <c>T1_in</c>, <c>T1_opp</c> or <c>T2</c>; among <see cref="IngestRules.Excluded"/> why it is none.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// ImageType (FrameType of an enhanced image) has one of these values, at position three or later (the first two say only
    /// original/derived and primary/secondary). <c>PHASE</c>, <c>REAL</c> and <c>IMAGINARY</c> are also found in ComplexImageComponent and GE's
    /// private kind of image.
    /// </summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary>ImageType has none of these values, at position three or later.</summary>
    public IReadOnlyList<string> ImageTypeWithout { get; init; } = [];

    /// <summary>ScanOptions has one of these values.</summary>
    public IReadOnlyList<string> ScanOptions { get; init; } = [];

    /// <summary>ScanOptions has none of these values.</summary>
    public IReadOnlyList<string> ScanOptionsWithout { get; init; } = [];

    /// <summary>
    /// ScanningSequence has one of these values: <c>SE</c>, <c>IR</c>, <c>GR</c>, <c>EP</c>, <c>RM</c> (which GE also writes for 3D gradient
    /// echoes). Of enhanced images, what EchoPulseSequence and EchoPlanarPulseSequence say in its place.
    /// </summary>
    public IReadOnlyList<string> ScanningSequence { get; init; } = [];

    /// <summary>ScanningSequence has none of these values.</summary>
    public IReadOnlyList<string> ScanningSequenceWithout { get; init; } = [];

    /// <summary>SequenceVariant has one of these values, e.g. <c>SK</c>, <c>SP</c>, <c>MP</c>.</summary>
    public IReadOnlyList<string> SequenceVariant { get; init; } = [];

    /// <summary>SequenceVariant has none of these values.</summary>
    public IReadOnlyList<string> SequenceVariantWithout { get; init; } = [];

    /// <summary>MRAcquisitionType is one of these: <c>2D</c>, <c>3D</c>.</summary>
    public IReadOnlyList<string> MRAcquisitionType { get; init; } = [];

    /// <summary>AcquisitionContrast of enhanced images is one of these, e.g. <c>T1</c>, <c>DIFFUSION</c>.</summary>
    public IReadOnlyList<string> AcquisitionContrast { get; init; } = [];

    /// <summary>Whether it was acquired after contrast agent had been given.</summary>
    public bool? ContrastAgent { get; init; }

    /// <summary>Whether fat is suppressed other than by Dixon: ScanOptions <c>FS</c> and its like, spectral suppression, or the series' name.</summary>
    public bool? FatSaturated { get; init; }

    /// <summary>Whether the series has images with a b-value above 0 (DiffusionBValue, or the element of Siemens, GE, Philips or United Imaging).</summary>
    public bool? Diffusion { get; init; }

    /// <summary>Diffusion b-value, s/mm².</summary>
    public NumberRange? BValue { get; init; }

    /// <summary>How many echo times images of this kind have in the series, and in others of the same raster, timing and name: more than two are a relaxometry.</summary>
    public NumberRange? Echoes { get; init; }

    /// <summary>RepetitionTime, ms.</summary>
    public NumberRange? RepetitionTime { get; init; }

    /// <summary>EchoTime, ms.</summary>
    public NumberRange? EchoTime { get; init; }

    /// <summary>Where EchoTime lies in the fat-water beat at the study's field strength; never fits if that is unknown.</summary>
    public EchoPhase? EchoPhase { get; init; }

    /// <summary>Regular expression found in SeriesDescription or ProtocolName. The last resort: people type these.</summary>
    public string? SeriesDescription { get; init; }

    /// <summary>Regular expression found neither in SeriesDescription nor in ProtocolName.</summary>
    public string? SeriesDescriptionWithout { get; init; }
}
