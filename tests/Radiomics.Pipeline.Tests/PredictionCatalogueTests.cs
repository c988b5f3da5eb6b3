namespace Radiomics.Pipeline.Tests;

/// <summary>What listings tell of a center's answers.</summary>
public sealed class PredictionCatalogueTests(AzuriteFixture azurite)
{
    private readonly string _center = Account.NewCenter();

    [Fact]
    public async Task Records_are_found_with_their_studies_and_nothing_that_lies_beside_them()
    {
        var store = await Account.StoreAsync(azurite);
        string[] ids = [.. Enumerable.Range(0, 3).Select(i => PredictionId.OfUpload($"{_center} {i}"))];
        foreach (var name in new[] { $"by-id/{ids[0]}.json", $"by-id/{ids[0]}.html", $"by-id/{ids[0]}.zh.html", $"by-id/{ids[0]}.fhir.json", $"by-id/{ids[0]}.sr.dcm", $"by-id/{ids[1]}.json", $"by-id/{ids[2]}.json", "by-id/notes.json" })
            await store.WriteOnceAsync(Containers.Predictions, $"{_center}/{name}", new BinaryData("{}"));
        foreach (var name in new[] { $"2.25.1/{ids[0]}", $"2.25.1/{ids[1]}", $"2.25.2/{PredictionId.OfUpload("gone")}" })
            await store.WriteOnceAsync(Containers.Predictions, $"{_center}/by-study/{name}", new BinaryData(""), "text/plain");

        var listed = await new PredictionCatalogue(store).ListAsync(_center, TestContext.Current.CancellationToken);

        Assert.Equal(ids.Order(), listed.Select(one => one.Id).Order());
        Assert.Equal(["2.25.1", "2.25.1", null], ids.Select(id => listed.Single(one => one.Id == id).StudyUid));
        Assert.Equal(listed.OrderByDescending(one => one.Written).Select(one => one.Written), listed.Select(one => one.Written));
    }

    [Fact]
    public async Task A_record_that_is_written_again_is_another_version_and_comes_first()
    {
        var store = await Account.StoreAsync(azurite);
        string[] ids = [.. Enumerable.Range(0, 2).Select(i => PredictionId.OfUpload($"{_center} {i}"))];
        foreach (var id in ids)
            await store.WriteOnceAsync(Containers.Predictions, $"{_center}/by-id/{id}.json", new BinaryData("{}"));
        var before = await new PredictionCatalogue(store).ListAsync(_center, TestContext.Current.CancellationToken);
        // Times of blobs are whole seconds.
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        await store.Blob(Containers.Predictions, $"{_center}/by-id/{before[1].Id}.json").UploadAsync(new BinaryData("{ }"), overwrite: true, TestContext.Current.CancellationToken);
        var after = await new PredictionCatalogue(store).ListAsync(_center, TestContext.Current.CancellationToken);

        Assert.Equal(before[1].Id, after[0].Id);
        Assert.NotEqual(before[1].Version, after[0].Version);
        Assert.Equal(before[0].Version, after[1].Version);
    }

    [Fact]
    public async Task A_center_of_which_there_is_nothing_has_none() =>
        Assert.Empty(await new PredictionCatalogue(await Account.StoreAsync(azurite)).ListAsync(_center, TestContext.Current.CancellationToken));
}
