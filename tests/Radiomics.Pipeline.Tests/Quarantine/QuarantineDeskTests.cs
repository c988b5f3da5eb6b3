using System.IO.Compression;
using System.Text.Json.Nodes;
using FellowOakDicom;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests.Quarantine;

public sealed class QuarantineDeskTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly Lazy<Task<SortedDictionary<string, byte[]>>> s_phantom = new(() => Steps.PhantomAsync(seed: 815));

    private readonly Steps _steps = new(azurite);
    private readonly string _name = $"DOE^JANE {Guid.NewGuid():N}";

    private QuarantineDesk Desk => _steps.Get<QuarantineDesk>();

    public void Dispose() => _steps.Dispose();

    [Fact]
    public async Task What_could_not_be_used_is_listed_with_what_can_be_done_and_without_its_name()
    {
        var (entry, zip) = await RefusedAsync();

        Assert.Equal(("A", "StudyHasNoRoi", QuarantineState.Open, 1, (long)zip.Length), (entry.Center, entry.Code, entry.State, entry.Files, entry.Bytes));
        Assert.Equal([QuarantineRemedy.ReplaceRegion], entry.Remedies);
        Assert.Contains("RTSTRUCT", entry.Advice, StringComparison.Ordinal);
        Assert.InRange(DateTime.UtcNow - entry.Since, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.DoesNotContain("DOE", BlobStore.Json(entry).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(BlobStore.Json(await Desk.GetAsync("A", entry.UploadId)).ToString(), BlobStore.Json(entry).ToString());
        foreach (var (area, id) in new[] { ("B", entry.UploadId), ("A", new string('0', 32)), ("A", "../B"), ("", "") })
        {
            Assert.Equal("QuarantineNotFound", (await Assert.ThrowsAsync<RadiomicsException>(() => Desk.GetAsync(area, id))).Code);
        }
    }

    [Fact]
    public async Task A_copy_is_what_was_sent_byte_by_byte()
    {
        var (entry, zip) = await RefusedAsync();
        using var folder = _steps.Get<TemporaryStorage>().NewFolder();

        var (file, sha256) = await Desk.CopyAsync(entry, folder);

        Assert.Equal(zip, await File.ReadAllBytesAsync(file.FullName));
        Assert.Equal(Digest.Of(new BinaryData(zip)), sha256);
    }

    [Fact]
    public async Task A_copy_that_was_changed_or_is_gone_is_not_handed_out()
    {
        var (entry, _) = await RefusedAsync();
        using var folder = _steps.Get<TemporaryStorage>().NewFolder();
        var blob = Account.Unguarded(azurite).Blob(Containers.Quarantine, $"A/{entry.UploadId}/upload.zip");
        await blob.UploadAsync(new BinaryData("another study"), overwrite: true);
        Assert.Equal("QuarantineAltered", (await Assert.ThrowsAsync<RadiomicsException>(() => Desk.CopyAsync(entry, folder))).Code);
        Assert.Equal("QuarantineAltered", (await Assert.ThrowsAsync<RadiomicsException>(() => Desk.ResubmitAsync(entry, null, null, "tests"))).Code);
        await blob.DeleteAsync();
        var empty = await Desk.GetAsync("A", entry.UploadId);
        Assert.Equal("QuarantineEmpty", (await Assert.ThrowsAsync<RadiomicsException>(() => Desk.ResubmitAsync(empty, null, null, "tests"))).Code);
    }

    [Fact]
    public async Task A_folder_s_copy_has_its_files_under_the_names_they_had()
    {
        var files = await s_phantom.Value;
        foreach (var (name, bytes) in files.Where(file => !file.Key.StartsWith("T1_F/", StringComparison.Ordinal)))
        {
            await _steps.Store.Blob(Containers.Incoming, $"A/{_name}/{name}").UploadAsync(new BinaryData(bytes));
        }

        await _steps.Store.Blob(Containers.Incoming, $"A/{_name}/_ready").UploadAsync(new BinaryData(""));
        var failed = await _steps.PredictAsync($"A/{_name}/_ready");
        Assert.Equal("SequenceMissing", failed.Error!.Code);
        var entry = await Desk.GetAsync("A", failed.UploadId!);
        using var folder = _steps.Get<TemporaryStorage>().NewFolder();

        var (file, _) = await Desk.CopyAsync(entry, folder);

        using var zip = ZipFile.OpenRead(file.FullName);
        Assert.Equal(files.Keys.Where(name => !name.StartsWith("T1_F/", StringComparison.Ordinal)), zip.Entries.Select(packed => packed.FullName).Order(StringComparer.Ordinal));
        Assert.Equal(entry.Files, zip.Entries.Count);
    }

    [Fact]
    public async Task A_fixed_upload_submitted_again_is_predicted_and_resolves_what_lies_in_quarantine()
    {
        var (entry, zip) = await RefusedAsync();
        using var folder = _steps.Get<TemporaryStorage>().NewFolder();
        var repaired = await RepairAsync(entry, folder, new RepairOrder { Added = [new ListedFile("seg.dcm", () => new MemoryStream(Segmentation().Value))] });

        var resubmission = await Desk.ResubmitAsync(entry, null, repaired, "tool:tests");
        Assert.Equal(QuarantineState.Resubmitted, (await Desk.GetAsync("A", entry.UploadId)).State);
        var status = await _steps.PredictAsync(resubmission.Blob);
        var resolved = await Desk.GetAsync("A", entry.UploadId);

        Assert.Equal((resubmission.PredictionId, PredictionState.Succeeded), (status.Id, status.Status));
        Assert.Equal((QuarantineState.Resolved, status.Id), (resolved.State, resolved.ResolvedBy));
        Assert.Equal([(1, true)], resolved.Resubmissions.Select(one => (one.Number, one.Fixed)));
        Assert.Equal(zip, (await _steps.Store.Blob(Containers.Quarantine, $"A/{entry.UploadId}/upload.zip").DownloadContentAsync()).Value.Content.ToArray());
        Assert.DoesNotContain("DOE", resubmission.Blob, StringComparison.OrdinalIgnoreCase);
        var audit = (await TrailAsync()).Where(line => (string?)line["subjects"]!["upload"] == entry.UploadId).Select(line => ((string)line["action"]!, (string)line["actor"]!, (string?)line["subjects"]!["resubmittedUpload"])).ToArray();
        Assert.Equal([("upload-resubmitted", "tool:tests", resubmission.UploadId), ("quarantine-resolved", "pipeline", resubmission.UploadId)], audit[^2..]);
    }

    [Fact]
    public async Task What_was_kept_may_be_submitted_as_it_is_once_until_there_is_an_answer()
    {
        var (entry, _) = await RefusedAsync();

        var first = await Desk.ResubmitAsync(entry, null, null, "tests");
        var again = await Desk.ResubmitAsync(await Desk.GetAsync("A", entry.UploadId), null, null, "tests");
        var failed = await _steps.PredictAsync(first.Blob);
        var second = await Desk.ResubmitAsync(await Desk.GetAsync("A", entry.UploadId), null, null, "tests");

        Assert.Equal(first, again);
        Assert.Equal("StudyHasNoRoi", failed.Error!.Code);
        Assert.Equal((2, false), (second.Number, second.PredictionId == first.PredictionId));
        Assert.Equal(QuarantineState.Resubmitted, (await Desk.GetAsync("A", entry.UploadId)).State);
    }

    [Fact]
    public async Task An_upload_for_no_known_center_is_submitted_for_the_one_that_was_meant()
    {
        var failed = await _steps.PredictAsync("Nowhere", $"{_name}.zip", Steps.Zip(await s_phantom.Value));
        Assert.Equal("UnknownCenter", failed.Error!.Code);
        var entry = await Desk.GetAsync(Containers.System, failed.UploadId!);

        Assert.Equal("ResubmissionRefused", (await Assert.ThrowsAsync<RadiomicsException>(() => Desk.ResubmitAsync(entry, null, null, "tests"))).Code);
        Assert.Equal("ResubmissionRefused", (await Assert.ThrowsAsync<RadiomicsException>(() => Desk.ResubmitAsync(entry, "Elsewhere", null, "tests"))).Code);
        var resubmission = await Desk.ResubmitAsync(entry, "A", null, "tests");
        var status = await _steps.PredictAsync(resubmission.Blob);

        Assert.Equal(("A", PredictionState.Succeeded), (status.Center, status.Status));
        Assert.Equal(status.Id, (await Desk.GetAsync(Containers.System, failed.UploadId!)).ResolvedBy);
    }

    [Fact]
    public async Task A_name_that_only_looks_like_a_resubmission_resolves_nothing()
    {
        var (entry, _) = await RefusedAsync();
        await Desk.ResubmitAsync(entry, null, null, "tests");

        var other = await _steps.PredictAsync("B", $"resubmitted/A/{entry.UploadId}-1.zip", Steps.Zip(await s_phantom.Value));

        Assert.Equal(PredictionState.Succeeded, other.Status);
        Assert.Equal(QuarantineState.Resubmitted, (await Desk.GetAsync("A", entry.UploadId)).State);
    }

    [Fact]
    public void Every_code_by_which_a_study_is_refused_has_remedies() => Assert.Equal(
        [], ErrorCatalogue.All.Where(code => code is { Area: ErrorArea.Study, IsFault: false }).Select(code => code.Code).Where(code => !QuarantineRemedies.Knows(code)));

    private static KeyValuePair<string, byte[]> Segmentation() =>
        s_phantom.Value.Result.Single(file => DicomFile.Open(new MemoryStream(file.Value), FileReadOption.ReadAll).Dataset.GetSingleValueOrDefault(DicomTag.Modality, "") == "SEG");

    private async Task<(QuarantineEntry Entry, byte[] Zip)> RefusedAsync()
    {
        var files = await s_phantom.Value;
        var zip = Steps.Zip(files.Where(file => file.Key != Segmentation().Key));
        var failed = await _steps.PredictAsync("A", $"{_name}.zip", zip);
        Assert.Equal("StudyHasNoRoi", failed.Error!.Code);
        return (Assert.Single(await Desk.ListAsync("A"), entry => entry.UploadId == failed.UploadId), zip);
    }

    private async Task<FileInfo> RepairAsync(QuarantineEntry entry, TemporaryFolder folder, RepairOrder order)
    {
        var (copy, _) = await Desk.CopyAsync(entry, folder);
        using var zip = copy.OpenRead();
        using var source = new ZipStudySource(zip);
        var made = folder.File("fixed.zip");
        using var target = made.Create();
        StudyRepair.Write(source, order, target);
        return made;
    }

    private async Task<List<JsonNode>> TrailAsync()
    {
        List<JsonNode> lines = [];
        foreach (var name in (await _steps.Store.NamesAsync(Containers.Audit, "A/")).Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            lines.AddRange((await _steps.Store.TextAsync(Containers.Audit, name)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
        }

        return lines;
    }
}
