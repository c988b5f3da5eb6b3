using FellowOakDicom;

namespace Radiomics.DicomWeb.Tests;

/// <summary>The client and a DICOMweb server that others wrote.</summary>
public sealed class OrthancTests(OrthancServer orthanc)
{
    [Fact]
    public async Task A_study_that_was_stored_is_found_and_comes_back_the_same()
    {
        var client = await ClientAsync();
        var study = await Study.CreateAsync();

        var stored = await client.StoreAsync(study.Items);
        var studies = await Refusal.ListAsync(client.SearchStudiesAsync(new DicomQuery
        {
            StudyUid = study.Uid,
            IncludeFields = [DicomTag.NumberOfStudyRelatedInstances],
        }));
        var series = await Refusal.ListAsync(client.SearchSeriesAsync(new DicomQuery { StudyUid = study.Uid }));
        var retrieved = await FilesAsync(client.RetrieveStudyAsync(study.Uid));

        Assert.Equal(49, study.Files.Count);
        Assert.Equal(study.Files.Keys.Order(), stored.Stored.Select(instance => instance.SopInstanceUid!).Order());
        Assert.True(stored.IsComplete);
        Assert.Equal(49, Assert.Single(studies).GetSingleValue<int>(DicomTag.NumberOfStudyRelatedInstances));
        Assert.Equal(["MR", "MR", "MR", "MR", "SEG"], series.Select(dataset => dataset.GetString(DicomTag.Modality)).Order());
        Assert.Equal(study.Files.Keys.Order(), retrieved.Keys.Order());
        Assert.All(study.Files, file => Assert.Equal(file.Value, retrieved[file.Key]));
    }

    [Fact]
    public async Task Instances_are_found_page_by_page()
    {
        var client = await ClientAsync();
        var study = await Study.CreateAsync();
        await client.StoreAsync(study.Items);

        var pages = new List<int>();
        var uids = new List<string>();
        await foreach (var page in client.SearchInstancesAsync(new DicomQuery { StudyUid = study.Uid, PageSize = 20 }).AsPages())
        {
            pages.Add(page.Values.Count);
            uids.AddRange(page.Values.Select(instance => instance.GetString(DicomTag.SOPInstanceUID)));
        }

        Assert.Equal([20, 20, 9], pages);
        Assert.Equal(study.Files.Keys.Order(), uids.Order());
    }

    [Fact]
    public async Task A_series_and_an_instance_can_be_had_alone()
    {
        var client = await ClientAsync();
        var study = await Study.CreateAsync();
        await client.StoreAsync(study.Items, study.Uid);

        var segmentation = Assert.Single(await Refusal.ListAsync(client.SearchInstancesAsync(new DicomQuery
        {
            StudyUid = study.Uid,
            Matches = new Dictionary<DicomTag, string> { [DicomTag.SOPClassUID] = DicomUID.SegmentationStorage.UID },
            IncludeFields = [DicomTag.SeriesInstanceUID],
        })));
        var series = segmentation.GetString(DicomTag.SeriesInstanceUID);
        var instance = segmentation.GetString(DicomTag.SOPInstanceUID);
        using var part = await client.RetrieveInstanceAsync(study.Uid, series, instance);
        using var content = new MemoryStream();
        await part.Content.CopyToAsync(content);

        Assert.Equal(study.Files[instance], content.ToArray());
        Assert.Equal(study.Files[instance], Assert.Single(await FilesAsync(client.RetrieveSeriesAsync(study.Uid, series))).Value);
    }

    [Fact]
    public async Task Metadata_are_the_files_attributes()
    {
        var client = await ClientAsync();
        var study = await Study.CreateAsync();
        await client.StoreAsync(study.Items);

        var metadata = await Refusal.ListAsync(client.RetrieveStudyMetadataAsync(study.Uid));

        Assert.Equal(study.Files.Keys.Order(), metadata.Select(dataset => dataset.GetString(DicomTag.SOPInstanceUID)).Order());
        foreach (var dataset in metadata)
        {
            var file = (await DicomFile.OpenAsync(new MemoryStream(study.Files[dataset.GetString(DicomTag.SOPInstanceUID)]))).Dataset;
            foreach (var tag in (DicomTag[])[DicomTag.SeriesInstanceUID, DicomTag.PatientName, DicomTag.ImageType, DicomTag.Rows, DicomTag.SeriesNumber])
                Assert.Equal(file.TryGetString(tag, out var expected) ? expected : null, dataset.TryGetString(tag, out var actual) ? actual : null);
        }
    }

    [Fact]
    public async Task What_is_not_dicom_is_refused()
    {
        var client = await ClientAsync();

        var refusal = await Refusal.OfAsync(() => client.StoreAsync([StoreItem.FromBytes(BinaryData.FromString("no DICOM"))]));

        Assert.Equal(("DicomServiceRefused", 400), (refusal.Code, refusal.Status));
    }

    [Fact]
    public async Task Files_of_unknown_length_are_stored_too()
    {
        var client = await ClientAsync();
        var study = await Study.CreateAsync();

        var result = await client.StoreAsync(study.Files.Values.Select(file => new StoreItem(_ => new(new MemoryStream(file)))));

        Assert.Equal(49, result.Stored.Count);
    }

    [Fact]
    public async Task A_study_that_is_not_there_is_not_found()
    {
        var client = await ClientAsync();

        Assert.Equal("StudyNotFound", (await Refusal.OfAsync(client.RetrieveStudyAsync(FakeService.Study))).Code);
        Assert.Equal("StudyNotFound", (await Refusal.OfAsync(client.RetrieveStudyMetadataAsync(FakeService.Study))).Code);
        Assert.Empty(await Refusal.ListAsync(client.SearchStudiesAsync(new DicomQuery { StudyUid = FakeService.Study })));
    }

    [Fact]
    public async Task A_server_that_does_not_delete_refuses_it()
    {
        // Deletion is Azure's own; Orthanc has it outside of DICOMweb only.
        var refusal = await Refusal.OfAsync(async () => await (await ClientAsync()).DeleteStudyAsync(FakeService.Study));

        Assert.Equal(("DicomServiceRefused", 405), (refusal.Code, refusal.Status));
    }

    private static async Task<Dictionary<string, byte[]>> FilesAsync(IAsyncEnumerable<DicomPart> parts)
    {
        var files = new Dictionary<string, byte[]>();
        await foreach (var part in parts)
        {
            using var content = new MemoryStream();
            await part.Content.CopyToAsync(content);
            content.Position = 0;
            files.Add((await DicomFile.OpenAsync(content)).Dataset.GetString(DicomTag.SOPInstanceUID), content.ToArray());
        }

        return files;
    }

    private async Task<DicomServiceClient> ClientAsync() => new(
        await orthanc.RequireAsync(),
        DicomServiceClientOptions.ForThisMachine());
}
