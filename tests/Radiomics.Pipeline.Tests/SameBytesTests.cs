namespace Radiomics.Pipeline.Tests;

public sealed class SameBytesTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string _center = Account.NewCenter();
    private readonly TemporaryStorage _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_bytes_are_one_upload_by_body_and_by_blob(bool isBodyFirst)
    {
        var (store, door) = await DoorAsync();
        var first = isBodyFirst ? await SendAsync(door, "one") : await PutAsync(store, door, "x.zip", "one");
        var body = await SendAsync(door, "one");
        var blob = await PutAsync(store, door, "x.zip", "one");

        Assert.Equal(UploadId.OfZip(_center, isBodyFirst ? "" : "x.zip", Sha256("one")), first.UploadId);
        Assert.Equal((first.UploadId, first.UploadId), (body.UploadId, blob.UploadId));
        Assert.Equal(isBodyFirst ? 1 : 0, (await store.NamesAsync(Containers.Requests, _center)).Count);
        Assert.Equal(PredictionId.OfUpload(first.UploadId), await new ContentClaims(store, new UploadStore(store)).PredictionIdAsync(_center, "x.zip", Sha256("one")));
    }

    [Fact]
    public async Task Of_a_body_and_a_blob_at_once_one_is_the_upload()
    {
        var (store, door) = await DoorAsync();
        for (var round = 0; round < 15; round++)
        {
            var content = $"round {round}";
            await store.PutAsync(Containers.Incoming, $"{_center}/{round}.zip", content);
            var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () => i % 2 == 0 ? await SendAsync(door, content) : (await door.ReceiveAsync(Zip($"{round}.zip")))!)));
            Assert.Single(all.Select(upload => upload.UploadId).Distinct());
        }
    }

    [Fact]
    public async Task Two_names_are_two_uploads_and_so_are_two_centers()
    {
        var (store, door) = await DoorAsync();
        var (x, y) = (await PutAsync(store, door, "x.zip", "one"), await PutAsync(store, door, "y.zip", "one"));
        Assert.NotEqual(x.UploadId, y.UploadId);
        Assert.Equal(x.UploadId, (await SendAsync(door, "one")).UploadId);
        Assert.Equal(y.UploadId, (await door.ReceiveAsync(Zip("y.zip")))!.UploadId);
        Assert.Equal(UploadId.OfZip(_center + "x", "", Sha256("one")), (await SendAsync(door, "one", _center + "x")).UploadId);
    }

    [Fact]
    public async Task A_blob_that_is_gone_before_it_was_predicted_is_none_for_a_body_and_one_that_was_written_again_is()
    {
        var (store, door) = await DoorAsync();
        var blob = await PutAsync(store, door, "x.zip", "one");
        await store.PutAsync(Containers.Incoming, $"{_center}/x.zip", "one");
        Assert.Equal(blob.UploadId, (await SendAsync(door, "one")).UploadId);

        await store.PutAsync(Containers.Incoming, $"{_center}/x.zip", "two");
        var body = await SendAsync(door, "one");
        Assert.Equal(Containers.Requests, body.Container);
        Assert.Equal(body.UploadId, (await PutAsync(store, door, "x.zip", "one")).UploadId);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("NotAZip", true)]
    [InlineData("UploadChanged", false)]
    [InlineData("DigestMismatch", false)]
    [InlineData(PredictionError.InternalFault, false)]
    public async Task An_answer_to_a_blob_that_is_gone_is_one_to_its_bytes_unless_it_is_about_the_blob(string? code, bool isAnswer)
    {
        var (store, door) = await DoorAsync();
        var blob = await PutAsync(store, door, "x.zip", "one");
        var id = PredictionId.OfUpload(blob.UploadId);
        await store.WriteJsonOnceAsync(Containers.Predictions, PredictionStore.RecordName(_center, id), new PredictionStatus
        {
            Id = id,
            Center = _center,
            Status = code is null ? PredictionState.Succeeded : PredictionState.Failed,
            Error = code is null ? null : new PredictionError(code, "a sentence"),
        });
        await store.Blob(Containers.Incoming, $"{_center}/x.zip").DeleteAsync();

        Assert.Equal(isAnswer, (await SendAsync(door, "one")).UploadId == blob.UploadId);
    }

    [Fact]
    public async Task What_follows_under_a_name_supersedes_the_prediction_that_the_body_had()
    {
        var (store, door) = await DoorAsync();
        var earlier = await PutAsync(store, door, "x.zip", "earlier");
        var body = await SendAsync(door, "one");
        Assert.Equal(body.UploadId, (await PutAsync(store, door, "x.zip", "one")).UploadId);
        var later = await PutAsync(store, door, "x.zip", "later");

        Assert.Null(earlier.Supersedes);
        Assert.Equal(PredictionId.OfUpload(body.UploadId), later.Supersedes);
    }

    [Fact]
    public async Task A_body_from_before_there_were_claims_is_found()
    {
        var (store, door) = await DoorAsync();
        var body = await SendAsync(door, "one");
        await store.Blob(Containers.Uploads, ClaimOf("one")).DeleteAsync();
        Assert.Equal(body.UploadId, (await PutAsync(store, door, "x.zip", "one")).UploadId);
    }

    [Fact]
    public async Task A_later_try_with_something_in_quarantine_is_an_upload_of_its_own()
    {
        var (store, door) = await DoorAsync();
        var body = await SendAsync(door, "one");
        var name = $"resubmitted/{_center}/{body.UploadId}-1.zip";
        Assert.Equal(UploadId.OfZip(_center, name, Sha256("one")), (await PutAsync(store, door, name, "one")).UploadId);
        Assert.Equal(body.UploadId, (await SendAsync(door, "one")).UploadId);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"uploadId": "../predictions/x"}""")]
    [InlineData("gone")]
    [InlineData("of other bytes")]
    [InlineData("altered")]
    public async Task A_claim_that_says_nothing_true_is_taken_over(string claim)
    {
        var (store, door) = await DoorAsync();
        var other = await SendAsync(door, "another patient's");
        var own = await SendAsync(door, "one");
        if (claim == "altered")
            await store.Blob(Containers.Uploads, $"{own.UploadId}.json").UploadAsync(BlobStore.Json(other with { UploadId = own.UploadId, Sha256 = own.Sha256 }), overwrite: true);
        else if (claim == "gone")
            await store.Blob(Containers.Uploads, $"{own.UploadId}.json").DeleteAsync();
        else
            await store.PutAsync(Containers.Uploads, ClaimOf("one"), claim == "of other bytes" ? $$"""{"uploadId": "{{other.UploadId}}"}""" : claim);

        var blob = await PutAsync(store, door, "x.zip", "one");
        Assert.Equal(UploadId.OfZip(_center, "x.zip", Sha256("one")), blob.UploadId);
        Assert.Equal(blob.UploadId, (await store.TryReadJsonAsync<UploadPointer>(Containers.Uploads, ClaimOf("one")))!.UploadId);
        Assert.Equal(blob.UploadId, (await SendAsync(door, "one")).UploadId);
    }

    private async Task<(BlobStore Store, UploadDoor Door)> DoorAsync()
    {
        var store = await Account.StoreAsync(azurite);
        return (store, new UploadDoor(store, new UploadStore(store)));
    }

    private async Task<UploadRecord> SendAsync(UploadDoor door, string content, string? center = null)
    {
        using var folder = _temporary.NewFolder();
        await File.WriteAllTextAsync(folder.File("body").FullName, content);
        return await door.ReceiveAsync(center ?? _center, folder.File("body"), Sha256(content));
    }

    private async Task<UploadRecord> PutAsync(BlobStore store, UploadDoor door, string name, string content)
    {
        await store.PutAsync(Containers.Incoming, $"{_center}/{name}", content);
        return (await door.ReceiveAsync(Zip(name)))!;
    }

    private UploadName Zip(string name) => new(_center, name, UploadKind.Zip);

    private string ClaimOf(string content) => $"by-content/{Digest.OfParts("content", _center, Sha256(content))}.json";

    private static string Sha256(string content) => Digest.Of(new BinaryData(content));
}
