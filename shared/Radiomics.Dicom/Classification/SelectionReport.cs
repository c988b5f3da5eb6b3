namespace Radiomics.Dicom;

/// <summary>Which series of an upload were taken under a center's rules and why the others weren't: what <see cref="StudyReader.Inspect"/> finds.</summary>
public sealed record SelectionReport
{
    /// <summary>A finding for each stack of images and for what was set aside, by series number.</summary>
    public required IReadOnlyList<SeriesFinding> Series { get; init; }

    /// <summary>Class of the field strength, e.g. <c>3.0T</c>; null if unknown or in no class.</summary>
    public string? FieldStrength { get; init; }

    /// <summary>Tesla; null if the headers don't say.</summary>
    public double? MagneticFieldStrength { get; init; }

    /// <summary>The sequence that the model of this field strength reads; null if no model is to be chosen.</summary>
    public string? RequiredSequence { get; init; }

    /// <summary>Code for which the study would be refused; null if it wouldn't, as far as headers and region say.</summary>
    public string? RefusalCode { get; init; }

    /// <summary>What was left out or assumed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
