namespace Radiomics.Dicom;

/// <summary>
/// One way to recognise a sequence from header facts. Every condition that a rule states must hold; within a list, any value does.
/// Texts are compared without regard to case.
/// </summary>
public sealed record SequenceRule
{
    /// <summary>What the series is called: <c>T1_F</c>, <c>T1_W</c>, <c>T1_in</c>, <c>T1_opp</c> or <c>T2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// ImageType has one of these values, at position three or later (the first two say only original/derived and primary/secondary).
    /// </summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary>ImageType has none of these values, at position three or later.</summary>
    public IReadOnlyList<string> ImageTypeWithout { get; init; } = [];

    /// <summary>ScanOptions has one of these values.</summary>
    public IReadOnlyList<string> ScanOptions { get; init; } = [];

    /// <summary>ScanningSequence has one of these values: <c>SE</c>, <c>IR</c>, <c>GR</c>, <c>EP</c>, <c>RM</c>.</summary>
    public IReadOnlyList<string> ScanningSequence { get; init; } = [];

    /// <summary>RepetitionTime, ms.</summary>
    public NumberRange? RepetitionTime { get; init; }

    /// <summary>EchoTime, ms.</summary>
    public NumberRange? EchoTime { get; init; }

    /// <summary>Where EchoTime lies in the fat-water beat at the study's field strength; never fits if that is unknown.</summary>
    public EchoPhase? EchoPhase { get; init; }

    /// <summary>Regular expression found in SeriesDescription or ProtocolName. The last resort: people type these.</summary>
    public string? SeriesDescription { get; init; }
}
