using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FellowOakDicom;
using Radiomics.Pipeline;

namespace EndToEnd.Tests;

/// <summary>What can't be used, sent as a hospital would send it: a code, a sentence, a copy in quarantine, an audit event, and no loop.</summary>
public sealed class BadInputTests(Service service) : IAsyncLifetime
{
    private static readonly Lazy<Task<Study>> s_phantom = new(() => Study.PhantomAsync());

    private Study _study = null!;

    public async ValueTask InitializeAsync() => _study = await s_phantom.Value;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public Task A_file_that_is_no_zip_is_refused() => RefusedAsync("NotAZip", Encoding.ASCII.GetBytes("This is not an archive."));

    [Fact]
    public Task A_truncated_zip_is_refused() => RefusedAsync("NotAZip", _study.Zip()[..^2000]);

    [Fact]
    public Task An_archive_that_unpacks_to_far_more_than_it_holds_is_refused() => RefusedAsync("ArchiveTooLarge", ZipOf(("zeros.dcm", new byte[300_000_000])));

    [Fact]
    public Task An_entry_that_climbs_out_of_the_archive_is_refused() =>
        RefusedAsync("UnsafeEntryName", _study.Change(files => files["../../outside.dcm"] = files.First().Value).Zip());

    [Fact]
    public Task An_archive_without_dicom_is_refused() => RefusedAsync("NoDicom", ZipOf(("readme.txt", Encoding.ASCII.GetBytes("no images here"))));

    [Fact]
    public Task Studies_of_two_patients_in_one_upload_are_refused() =>
        RefusedAsync("SeveralPatients", _study.Edit(Study.IsFirstSlice, d => d.AddOrUpdate(DicomTag.PatientID, "SOMEONE-ELSE")).Zip());

    [Fact]
    public Task Images_of_another_modality_are_refused() =>
        RefusedAsync("WrongModality", _study.Without(Study.IsSegmentation).Edit(Study.IsImage, d =>
        {
            d.AddOrUpdate(DicomTag.Modality, "CT");
            d.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage);
        }).Zip());

    [Fact]
    public Task A_study_without_the_sequence_of_the_centers_model_is_refused() =>
        RefusedAsync("SequenceMissing", _study.Change(files =>
        {
            foreach (var name in files.Keys.Where(name => name.StartsWith("T1_F/", StringComparison.Ordinal)).ToList())
            {
                files.Remove(name);
            }
        }).Zip());

    [Fact]
    public Task A_study_without_roi_is_refused() => RefusedAsync("StudyHasNoRoi", _study.Without(Study.IsSegmentation).Zip());

    [Fact]
    public Task An_roi_far_from_the_images_is_refused() =>
        RefusedAsync("RoiOutsideImage", _study.Edit(Study.IsImage, d =>
        {
            var position = d.GetValues<double>(DicomTag.ImagePositionPatient);
            d.AddOrUpdate(DicomTag.ImagePositionPatient, (decimal)position[0] + 5000, (decimal)position[1], (decimal)position[2]);
        }).Zip());

    [Fact]
    public Task An_roi_in_another_frame_of_reference_is_refused() =>
        RefusedAsync("FrameOfReferenceMismatch", _study.Edit(Study.IsSegmentation, d => d.AddOrUpdate(DicomTag.FrameOfReferenceUID, "2.25.4711")).Zip());

    [Fact]
    public Task A_study_whose_field_strength_is_not_said_is_refused_where_a_model_is_to_be_chosen() =>
        RefusedAsync("FieldStrengthUnknown", _study.Edit(Study.IsImage, d => d.Remove(DicomTag.MagneticFieldStrength)).Zip());

    [Fact]
    public Task Truncated_pixel_data_is_refused() =>
        RefusedAsync("PixelDataTruncated", _study.Change(files =>
        {
            foreach (var name in files.Keys.Where(name => name.StartsWith("T1_F/", StringComparison.Ordinal)).Take(1).ToList())
            {
                files[name] = files[name][..^1000];
            }
        }).Zip());

    [Fact]
    public Task Pixel_data_in_a_compression_that_cannot_be_read_is_refused() =>
        RefusedAsync("UnsupportedTransferSyntax", _study.Edit(Study.IsImage, d => { }).Change(files =>
        {
            foreach (var name in files.Keys.Where(name => name.StartsWith("T1_F/", StringComparison.Ordinal)).ToList())
            {
                files[name] = Mpeg(files[name]);
            }
        }).Zip());

    [Fact]
    public Task Two_different_files_with_one_instance_uid_are_refused() =>
        RefusedAsync("DuplicateInstances", _study.Change(files =>
        {
            var (name, bytes) = files.First(file => file.Key.StartsWith("T1_F/", StringComparison.Ordinal));
            var other = (byte[])bytes.Clone();
            other[^1] ^= 1;
            files["T1_F/again.dcm"] = other;
        }).Zip());

    [Fact]
    public Task A_series_with_a_gap_is_refused() =>
        RefusedAsync("SliceMissing", _study.Without(d => Study.IsImage(d) && d.GetSingleValueOrDefault(DicomTag.InstanceNumber, 0) == 10).Zip());

    [Fact]
    public async Task An_upload_for_a_center_without_a_profile_is_refused()
    {
        var zip = _study.Zip();
        var id = await service.UploadAsync("Nowhere", "study.zip", zip);
        await UntilAsync(async () => (await service.AuditAsync(Containers.System)).Any(e => e.ToString().Contains("UnknownCenter", StringComparison.Ordinal) && e.ToString().Contains(id, StringComparison.Ordinal)));

        var reason = (await service.NamesAsync(Containers.Quarantine, Containers.System + "/")).Single(name => name.EndsWith("/reason.json", StringComparison.Ordinal));
        Assert.Equal("UnknownCenter", JsonDocument.Parse(await service.ReadAsync(Containers.Quarantine, reason)).RootElement.GetProperty("code").GetString());
        Assert.Equal(zip, await service.ReadAsync(Containers.Incoming, "Nowhere/study.zip"));
    }

    [Fact]
    public async Task Identical_copies_of_an_instance_are_dropped_with_a_warning()
    {
        var zip = _study.Change(files => files["T1_F/copy.dcm"] = files.First(file => file.Key.StartsWith("T1_F/", StringComparison.Ordinal)).Value).Zip();

        var status = await service.PredictAsync("A", "copies.zip", zip);

        Assert.Equal(PredictionState.Succeeded, status.Status);
        Assert.Contains(status.Prediction!.Warnings, warning => warning.Contains("identical", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_sequence_that_the_model_does_not_read_may_be_missing_with_a_warning()
    {
        var zip = _study.Change(files =>
        {
            foreach (var name in files.Keys.Where(name => name.StartsWith("T1_opp/", StringComparison.Ordinal)).ToList())
            {
                files.Remove(name);
            }
        }).Zip();

        var status = await service.PredictAsync("A", "three-sequences.zip", zip);

        Assert.Equal(PredictionState.Succeeded, status.Status);
        Assert.DoesNotContain("T1_opp", status.Sequences.Keys);
    }

    /// <summary>Sends it through the hospital's door and checks everything that is promised of a refusal.</summary>
    private async Task RefusedAsync(string code, byte[] upload)
    {
        var name = $"{code}-{Guid.NewGuid():N}.zip";
        var id = await service.UploadAsync("A", name, upload);

        var status = await service.FinishedAsync("A", id);

        Assert.Equal(PredictionState.Failed, status.Status);
        Assert.Equal(code, status.Error!.Code);
        Assert.True(status.Error.Detail is [_, .., '.'] && status.Error.Detail.Contains(' '), $"'{status.Error.Detail}' is no sentence.");
        Assert.Null(status.Prediction);

        var uploadId = UploadId.OfZip("A", name, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(upload)));
        var quarantined = await service.NamesAsync(Containers.Quarantine, $"A/{uploadId}/");
        var reason = JsonDocument.Parse(await service.ReadAsync(Containers.Quarantine, $"A/{uploadId}/reason.json")).RootElement;
        Assert.Equal(code, reason.GetProperty("code").GetString());
        var copy = Assert.Single(quarantined, blob => !blob.EndsWith("/reason.json", StringComparison.Ordinal));
        Assert.Equal(upload, await service.ReadAsync(Containers.Quarantine, copy));
        Assert.Equal(upload, await service.ReadAsync(Containers.Incoming, $"A/{name}"));

        var events = (await service.AuditAsync("A")).Where(e => e.ToString().Contains(id, StringComparison.Ordinal)).ToList();
        Assert.Single(events, e => e.ToString().Contains(code, StringComparison.Ordinal) && e.GetProperty("action").GetString()!.Contains("fail", StringComparison.OrdinalIgnoreCase));

        var history = (await service.InstanceAsync(id)).GetProperty("historyEvents").EnumerateArray().Select(e => e.ToString()).ToList();
        Assert.Single(history, e => e.Contains("\"IngestStudy\"", StringComparison.Ordinal) && e.Contains("TaskCompleted", StringComparison.Ordinal));
    }

    private static byte[] ZipOf(params (string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var target = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                target.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The same instance said to be MPEG-4 video, which no MR reader decodes.</summary>
    private static byte[] Mpeg(byte[] dicom)
    {
        var file = DicomFile.Open(new MemoryStream(dicom), FileReadOption.ReadAll);
        var dataset = new DicomDataset(DicomTransferSyntax.MPEG4AVCH264HighProfileLevel41);
        dataset.Add(file.Dataset.Where(item => item.Tag != DicomTag.PixelData));
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.Fragments.Add(new FellowOakDicom.IO.Buffer.MemoryByteBuffer(new byte[1000]));
        dataset.Add(fragments);
        var stream = new MemoryStream();
        new DicomFile(dataset).Save(stream);
        return stream.ToArray();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("It did not happen within a minute.");
    }
}
