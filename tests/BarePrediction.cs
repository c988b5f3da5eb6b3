using Radiomics.Pipeline;

namespace Radiomics;

/// <summary>A prediction with nothing in it but what it must have.</summary>
internal static class BarePrediction
{
    public static Prediction Of(string id) => new()
    {
        Id = id,
        Center = "A",
        UploadId = "u",
        StudyUid = "2.25.1",
        Settings = "liver-mri",
        SettingsHash = "0",
        EngineVersion = "1",
        IngestVersion = "1",
        UploadSha256 = "0",
        ProfileSha256 = "0",
        Manifest = new BlobReference("m", "0"),
        Sequences = [],
        NotForClinicalUse = true,
        Notice = "Not for clinical use.",
    };
}
