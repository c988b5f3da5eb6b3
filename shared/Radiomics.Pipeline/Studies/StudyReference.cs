namespace Radiomics.Pipeline;

/// <summary>An ingested study as histories carry it.</summary>
public sealed record StudyReference
{
    /// <summary>Mapped StudyInstanceUID.</summary>
    public required string StudyUid { get; init; }

    /// <summary>The manifest, in <c>studies</c>.</summary>
    public required BlobReference Manifest { get; init; }

    /// <summary>Names of the sequences, in ordinal order.</summary>
    public required IReadOnlyList<string> Sequences { get; init; }

    /// <summary>Class of the field strength.</summary>
    public string? FieldStrength { get; init; }

    /// <summary>Sequence that the pinned model reads; null where there is no model.</summary>
    public string? ModelSequence { get; init; }
}
