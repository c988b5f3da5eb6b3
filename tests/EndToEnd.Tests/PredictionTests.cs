using System.IO.Compression;
using FellowOakDicom;
using Radiomics;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>Studies that can be used: which model answers, what the record says, and that it says the same again.</summary>
public sealed class PredictionTests(Service service)
{
    // Of the study of seed 51 under the tests' key. They change only with what the record names: engine, ingest and model versions, profile, settings,
    // stored volumes and manifest (so with .NET's gzip), the record's form. The probability is also that of every state before.
    private const double ExpectedProbability = 0.9693306305722249;

    private static readonly Dictionary<string, string> _expectedDigests = new()
    {
        ["json"] = "77c02e6d6a7401affec008d75a3d530dd976e66c6143258875bb143f9de3525d",
        ["html"] = "48b67d60e89990ab688e9302725e42859c84f0c5107519ab2337778ddb088f89",
    };

    [Fact]
    public async Task The_same_study_gets_each_centers_own_model()
    {
        var zip = (await Study.PhantomAsync("A", "1.5T", seed: 11)).Zip();

        var a = (await service.PredictAsync("A", "same.zip", zip)).Prediction!;
        var b = (await service.PredictAsync("B", "same.zip", zip)).Prediction!;

        Assert.Equal(("A", "1.5T", "T1_F"), (a.Model!.Center, a.Model.FieldStrength, a.Model.Sequence));
        Assert.Equal(("B", "1.5T", "T1_opp"), (b.Model!.Center, b.Model.FieldStrength, b.Model.Sequence));
        Assert.NotEqual(a.Model.Version, b.Model.Version);
        Assert.NotEqual(a.Id, b.Id);
        PredictionTruth.Check(a);
        PredictionTruth.Check(b);
        Assert.NotEqual(a.Probability, b.Probability);
    }

    [Theory]
    [InlineData("A", "3.0T", "T1_F")]
    [InlineData("A", "1.5T", "T1_F")]
    [InlineData("B", "3.0T", "T1_W")]
    [InlineData("B", "1.5T", "T1_opp")]
    public async Task A_study_goes_to_the_model_of_its_center_and_field_strength(string center, string field, string sequence)
    {
        var zip = (await Study.PhantomAsync(center, field, seed: 21)).Zip();

        var status = await service.PredictAsync(center, $"{field}.zip", zip);

        var prediction = status.Prediction!;
        Assert.Equal((center, field, sequence), (prediction.Model!.Center, prediction.Model.FieldStrength, prediction.Model.Sequence));
        PredictionTruth.Check(prediction);
        Assert.True(prediction.NotForClinicalUse);
        Assert.NotEmpty(prediction.Notice);
        Assert.Equal(["T1_F", "T1_W", "T1_in", "T1_opp"], status.Sequences.Keys.Order(StringComparer.Ordinal));
        Assert.All(status.Sequences.Values, state => Assert.Equal(SequenceState.Done, state));
        Assert.All(prediction.Sequences, s => Assert.InRange(s.RoiVolumeMl, 800, 2500));

        var report = System.Text.Encoding.UTF8.GetString(await service.ReadAsync(Containers.Predictions, $"{center}/by-id/{prediction.Id}.html"));
        Assert.Contains(prediction.Notice, System.Net.WebUtility.HtmlDecode(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digests_in_a_prediction_are_those_of_what_is_stored()
    {
        var zip = (await Study.PhantomAsync(seed: 31)).Zip();

        var prediction = (await service.PredictAsync("A", "digests.zip", zip)).Prediction!;

        Assert.Equal(Sha256(zip), prediction.UploadSha256);
        Assert.Equal(prediction.Manifest.Sha256, Sha256(await service.ReadAsync(Containers.Studies, prediction.Manifest.Blob)));
        foreach (var sequence in prediction.Sequences)
        {
            Assert.Equal(sequence.Volume.Sha256, Sha256(await service.ReadAsync(Containers.Studies, sequence.Volume.Blob)));
            Assert.Equal(sequence.Roi.Sha256, Sha256(await service.ReadAsync(Containers.Studies, sequence.Roi.Blob)));
            Assert.Equal(sequence.Features!.Sha256, Sha256(await service.ReadAsync(Containers.Features, sequence.Features.Blob)));
        }
    }

    [Fact]
    public async Task A_folder_closed_by_ready_is_predicted_once()
    {
        var study = await Study.PhantomAsync(seed: 41);
        await service.Incoming.CreateIfNotExistsAsync();
        foreach (var (name, bytes) in study.Files)
        {
            await service.Incoming.GetBlobClient($"A/case-41/{name}").UploadAsync(BinaryData.FromBytes(bytes));
        }

        await service.Incoming.GetBlobClient("A/case-41/_ready").UploadAsync(BinaryData.FromBytes([]));

        var content = Digest.OfParts(study.Files.SelectMany(file => new[] { file.Key, Sha256(file.Value) }));
        var id = PredictionId.OfUpload(UploadId.OfFolder("A", "case-41", content));
        var status = await service.FinishedAsync("A", id);
        Assert.Equal(PredictionState.Succeeded, status.Status);
    }

    [Fact]
    public async Task The_prediction_of_a_repeated_run_is_byte_identical_here_elsewhere_and_as_recorded()
    {
        // Stored, because what a compressor makes of it may differ between versions of .NET.
        var zip = (await Study.PhantomAsync(seed: 51)).Zip(CompressionLevel.NoCompression);
        await using var other = new Service();
        await other.InitializeAsync();

        var status = await service.PredictAsync("A", "twice.zip", zip);
        await other.PredictAsync("A", "twice.zip", zip);

        Assert.Equal(ExpectedProbability, status.Prediction!.Probability);
        foreach (var extension in (string[])["json", "html", "zh.html", "fhir.json", "sr.dcm"])
        {
            var bytes = await service.ReadAsync(Containers.Predictions, $"A/by-id/{status.Id}.{extension}");
            Assert.Equal(bytes, await other.ReadAsync(Containers.Predictions, $"A/by-id/{status.Id}.{extension}"));
            var digest = Sha256(bytes);
            Assert.True(_expectedDigests.GetValueOrDefault(extension, digest) == digest, $"The digest of .{extension} is {digest}.");
        }
    }

    [Fact]
    public async Task The_same_bytes_under_the_same_name_are_predicted_once_and_other_bytes_supersede_them()
    {
        var zip = (await Study.PhantomAsync(seed: 61)).Zip();
        var other = (await Study.PhantomAsync(seed: 62)).Zip();

        var first = await service.PredictAsync("A", "again.zip", zip);
        var again = await service.PredictAsync("A", "again.zip", zip);
        var changed = await service.PredictAsync("A", "again.zip", other);

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, changed.Id);
        Assert.Equal(first.Id, changed.Prediction!.Supersedes);
        Assert.Single(await service.AuditAsync("A"), e => e.ToString().Contains(first.Id, StringComparison.Ordinal) && e.GetProperty("action").GetString()!.Contains("publish", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_patients_name_in_tags_and_file_names_is_in_no_blob_history_or_log_of_ours()
    {
        const string name = "ZXQVNAME";
        const string id = "ZXQVPATIENTID";
        var study = await Study.PhantomAsync(seed: 71, patientName: $"{name}^ANNA", patientId: id);
        study = study.Edit(_ => true, d =>
        {
            d.AddOrUpdate(DicomTag.PatientBirthDate, "19870605");
            d.AddOrUpdate(DicomTag.SeriesDescription, $"{d.GetSingleValueOrDefault(DicomTag.SeriesDescription, "")} {name}");
            d.AddOrUpdate(DicomTag.StudyDescription, $"Liver of {name}");
            d.AddOrUpdate(DicomTag.AccessionNumber, "ZXQVACC");
            d.AddOrUpdate(DicomTag.InstitutionName, $"Hospital of {name}");
        });
        study = study.Change(files =>
        {
            foreach (var (file, bytes) in files.ToList())
            {
                files.Remove(file);
                files[$"{name}/{file}"] = bytes;
            }
        });

        var status = await service.PredictAsync("A", $"{name}_ANNA.zip", study.Zip());
        var failed = await service.PredictAsync("A", $"{name}_broken.zip", study.Without(Study.IsSegmentation).Zip());

        Assert.Equal(PredictionState.Succeeded, status.Status);
        Assert.Equal("StudyHasNoRoi", failed.Error!.Code);
        string[] traces = [name, id, "ZXQVACC", "19870605", .. OriginalUids(study)];
        await IdentityTraces.AssertAbsentAsync(service, traces, (await service.NamesAsync(Containers.Predictions, "A/by-id/")).Select(Path.GetFileNameWithoutExtension).OfType<string>());
    }

    private static IEnumerable<string> OriginalUids(Study study)
    {
        var dataset = DicomFile.Open(new MemoryStream(study.Files.First().Value)).Dataset;
        return [dataset.GetString(DicomTag.StudyInstanceUID), dataset.GetString(DicomTag.SeriesInstanceUID), dataset.GetString(DicomTag.SOPInstanceUID)];
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

}
