using FellowOakDicom;
using Radiomics.Dicom.Phantom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Reports;

/// <summary>Studies, and reports of them.</summary>
internal static class Reported
{
    public const string Center = "A";

    public static MeasurementReport Report { get; } = new()
    {
        Id = "p-0123456789abcdef0123456789abcdef",
        Algorithm = "Liver iron, center A, 3.0T (demonstration)",
        AlgorithmVersion = "0123456789abcdef",
        SoftwareVersion = "1.2.3",
        Parameters = ["model version 0123456789abcdef"],
        Measurements =
        [
            new LiverMeasurements
            {
                Sequence = "T1_F",
                VolumeMl = 1373.25,
                Features = [("stat_median", 412.5), ("cm_joint_max_3D_comb", 1 / 3.0), ("stat_cov", null), ("log_s3.0mm__stat_mean", -1.5e-7)],
                Outcome = new ReportedOutcome("High liver iron", 0.918, 0.5, IsPositive: true),
            },
        ],
        Notice = "Demonstration model. Not for clinical use.",
        Warnings = ["Far from the training cases."],
    };

    /// <summary>A phantom's files, as a hospital sends them.</summary>
    public static async Task<MemoryStream> PhantomAsync(string? patientName = null, string? patientId = null)
    {
        var settings = new PhantomSettings
        {
            Center = Center,
            FieldStrength = "3.0T",
            LiverIronConcentration = 12,
            Seed = 4,
            PatientName = patientName,
            PatientID = patientId,
        }.WithSize(32, 12);
        var zip = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, zip);
        return zip;
    }

    /// <summary>The manifest of a study.</summary>
    public static StudyManifest Manifest(Stream zip, IngestRules? rules = null)
    {
        zip.Position = 0;
        using var source = new ZipStudySource(zip);
        var study = StudyReader.Read(source, rules ?? Ingest.Rules, Ingest.Key, new IngestRequest { Center = Center });
        return StudyManifest.Create(study, study.Sequences.Select(sequence =>
            ManifestSequence.Create(sequence, new StoredFile("a", "b"), new StoredFile("c", "d"))).ToArray());
    }

    /// <summary>The study under its original identity.</summary>
    public static SourceStudy Original(Stream zip, StudyManifest manifest)
    {
        zip.Position = 0;
        using var source = new ZipStudySource(zip);
        return SourceStudyReader.Read(source, manifest, Ingest.Key);
    }

    public static byte[] Bytes(DicomFile file)
    {
        using var stream = new MemoryStream();
        file.Save(stream);
        return stream.ToArray();
    }
}
