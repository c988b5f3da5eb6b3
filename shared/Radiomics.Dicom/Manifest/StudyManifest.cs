namespace Radiomics.Dicom;

/// <summary>
/// What is stored beside the volumes of a study as <c>manifest.json</c>: enough to extract features without the upload, and no patient
/// identity.
/// </summary>
public sealed record StudyManifest
{
    /// <summary>
    /// Version of this form. 2 added slice thickness and gap, contrast agent and fat saturation; a manifest of version 1 reads with these unknown.
    /// </summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>Version of the form this manifest has.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary><see cref="StudyReader.IngestVersion"/> of the code that made it.</summary>
    public string IngestVersion { get; init; } = StudyReader.IngestVersion;

    /// <summary>Mapped StudyInstanceUID.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Class of the field strength, e.g. <c>3.0T</c>.</summary>
    public required string? FieldStrength { get; init; }

    /// <summary>Tesla.</summary>
    public required double? MagneticFieldStrength { get; init; }

    /// <summary>The sequences, in ordinal order of their names.</summary>
    public required IReadOnlyList<ManifestSequence> Sequences { get; init; }

    /// <summary>What was left out or assumed.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The manifest of a study whose sequences have been read and stored.</summary>
    public static StudyManifest Create(IngestedStudy study, IEnumerable<ManifestSequence> stored) => new()
    {
        StudyUid = study.StudyUid,
        FieldStrength = study.FieldStrength,
        MagneticFieldStrength = study.MagneticFieldStrength,
        Sequences = [.. stored.OrderBy(sequence => sequence.Name, StringComparer.Ordinal)],
        Warnings = [.. study.Warnings],
    };
}
