namespace Radiomics.Pipeline.Tests.Quarantine;

public sealed class QuarantineListingTests(AzuriteFixture azurite) : IDisposable
{
    private readonly Steps _steps = new(azurite);
    private readonly string _center = Account.NewCenter();

    public void Dispose() => _steps.Dispose();

    [Fact]
    public async Task Uploads_are_listed_a_page_at_a_time_and_resolved_ones_when_they_are_asked_for()
    {
        var store = await Account.StoreAsync(azurite);
        List<string> ids = [];
        for (var i = 0; i < QuarantineListing.PageUploads + 3; i++)
        {
            var id = $"{Guid.NewGuid():N}";
            ids.Insert(0, id);
            await store.WriteJsonOnceAsync(Containers.Quarantine, $"{_center}/{id}/reason.json", new QuarantineReason { Code = "NotAZip", Detail = "It is none.", UploadId = id, PredictionId = $"p-{id}", UploadSha256 = new string('0', 64) });
        }

        // One is being set aside yet, and the oldest was predicted since.
        await store.PutAsync(Containers.Quarantine, $"{_center}/{Guid.NewGuid():N}/upload.zip", "half");
        await store.PutAsync(Containers.Quarantine, $"{_center}/{ids[^1]}/resolved.json", """{"predictionId":"p-1"}""");
        var listing = _steps.Get<QuarantineListing>();

        var (first, second, all) = (await listing.ReadAsync(_center, true, 0), await listing.ReadAsync(_center, true, 1), await listing.ReadAsync(_center, false, 1));

        Assert.Equal((QuarantineListing.PageUploads, 2, 3), (first.Uploads.Count, second.Uploads.Count, all.Uploads.Count));
        Assert.Equal((ids.Count - 1, ids.Count, 1), (first.Count, all.Count, all.Resolved));
        Assert.Equal(ids[..^1].Order(), first.Uploads.Concat(second.Uploads).Select(upload => upload.UploadId).Order());
        Assert.Equal(first.Uploads.Concat(second.Uploads).Select(upload => upload.Since).OrderDescending(), first.Uploads.Concat(second.Uploads).Select(upload => upload.Since));
        var resolved = (await listing.ReadAsync(_center, false, 0)).Uploads.Concat(all.Uploads).Single(upload => upload.State == QuarantineState.Resolved);
        Assert.Equal(ids[^1], resolved.UploadId);
        Assert.Empty((await listing.ReadAsync(_center, true, 99)).Uploads);
    }
}
