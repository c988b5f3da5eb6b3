using System.Text.Json.Serialization;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Features of one sequence as stored: the vector and what it was computed from.</summary>
public sealed record StoredFeatures
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Center.</summary>
    public required string Center { get; init; }

    /// <summary>Mapped StudyInstanceUID.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Sequence name.</summary>
    public required string Sequence { get; init; }

    /// <summary>SHA-256 of the volume as stored. Not its name: other studies may hold the same volume.</summary>
    public required string VolumeSha256 { get; init; }

    /// <summary>SHA-256 of the ROI as stored.</summary>
    public required string RoiSha256 { get; init; }

    /// <summary>Name of the perturbation that volume and ROI underwent before; null where none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Perturbation { get; init; }

    /// <summary>Values, settings, engine version.</summary>
    public required FeatureVector Vector { get; init; }

    /// <summary>The features of a stored sequence, of its volume and ROI.</summary>
    public static StoredFeatures Of(string center, string studyUid, string sequence, StoredFile volume, StoredFile roi, FeatureVector vector) => new()
    {
        Center = center,
        StudyUid = studyUid,
        Sequence = sequence,
        VolumeSha256 = volume.Sha256,
        RoiSha256 = roi.Sha256,
        Vector = vector,
    };
}
