namespace Radiomics.Cli.Inspect;

/// <summary>What a center's profile makes of a study.</summary>
internal sealed record CenterInspection
{
    /// <summary>The center.</summary>
    public required string Center { get; init; }

    /// <summary>What becomes of the study.</summary>
    public required CenterOutcome Outcome { get; init; }

    /// <summary>Class of the field strength; null if unknown or in no class.</summary>
    public string? FieldStrength { get; init; }

    /// <summary>Tesla; null if unknown.</summary>
    public double? MagneticFieldStrength { get; init; }

    /// <summary>The sequence that the center's model reads; null without a model.</summary>
    public string? ModelSequence { get; init; }

    /// <summary>Why it is refused; null if it isn't.</summary>
    public InspectionError? Error { get; init; }

    /// <summary>What becomes of each volume and of images that were set aside.</summary>
    public IReadOnlyList<SelectionInspection> Selection { get; init; } = [];

    /// <summary>The sequences as features would be extracted from them, in ordinal order of their names; none if refused.</summary>
    public IReadOnlyList<SequenceInspection> Sequences { get; init; } = [];

    /// <summary>What would be left out or assumed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
