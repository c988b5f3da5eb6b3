using Azure;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests;

public sealed class UploadTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string _center = Account.NewCenter();
    private readonly TemporaryStorage _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task The_same_upload_announced_twice_has_one_record()
    {
        var (store, door) = await DoorAsync();
        await store.PutAsync(Containers.Incoming, $"{_center}/x.zip", "one");
        var first = await door.ReceiveAsync(Zip("x.zip"));
        await store.PutAsync(Containers.Incoming, $"{_center}/x.zip", "one");

        Assert.Equivalent(first, await door.ReceiveAsync(Zip("x.zip")));
        Assert.Null(first!.Supersedes);
    }

    [Fact]
    public async Task A_changed_upload_supersedes_the_prediction_of_the_one_before()
    {
        var (store, door) = await DoorAsync();
        await store.PutAsync(Containers.Incoming, $"{_center}/x.zip", "one");
        var first = await door.ReceiveAsync(Zip("x.zip"));
        await store.PutAsync(Containers.Incoming, $"{_center}/x.zip", "two");
        var second = await door.ReceiveAsync(Zip("x.zip"));

        Assert.NotEqual(first!.UploadId, second!.UploadId);
        Assert.Equal(PredictionId.OfUpload(first.UploadId), second.Supersedes);
    }

    [Fact]
    public async Task A_folder_is_its_files_in_order_of_their_names()
    {
        var (store, door) = await DoorAsync();
        foreach (var (name, content) in new[] { ("b", "2"), ("sub/a", "1"), ("_ready", "") })
            await store.PutAsync(Containers.Incoming, $"{_center}/study/{name}", content);
        var upload = (await door.ReceiveAsync(new UploadName(_center, "study", UploadKind.Folder)))!;

        Assert.Equal(["b", "sub/a"], upload.Files.Select(file => file.Name));
        using var open = await new UploadReader(store, _temporary, new RadiomicsOptions()).OpenAsync(upload);
        using var reader = new StreamReader(open.Source.Open(1));
        Assert.Equal("1", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task An_upload_that_is_gone_is_none()
    {
        var (_, door) = await DoorAsync();
        Assert.Null(await door.ReceiveAsync(Zip("gone.zip")));
    }

    [Fact]
    public async Task A_folder_that_nothing_closes_is_none_and_leaves_nothing()
    {
        var (store, door) = await DoorAsync();
        Assert.Null(await door.ReceiveAsync(new UploadName(_center, "f", UploadKind.Folder)));
        await store.PutAsync(Containers.Incoming, $"{_center}/f/1.dcm", "one");
        Assert.Null(await door.ReceiveAsync(new UploadName(_center, "f", UploadKind.Folder)));
        Assert.DoesNotContain(await store.NamesAsync(Containers.Uploads, ""), name => store.TextAsync(Containers.Uploads, name).Result.Contains(_center, StringComparison.Ordinal));

        await store.PutAsync(Containers.Incoming, $"{_center}/f/_ready", "");
        Assert.Single((await door.ReceiveAsync(new UploadName(_center, "f", UploadKind.Folder)))!.Files);
    }

    [Theory]
    [InlineData("two")]
    [InlineData("one and more")]
    public async Task Bytes_that_changed_since_they_were_taken_in_are_not_read(string later)
    {
        var (store, door) = await DoorAsync();
        await store.PutAsync(Containers.Incoming, $"{_center}/x.zip", "one");
        var upload = await door.ReceiveAsync(Zip("x.zip"));
        await store.PutAsync(Containers.Incoming, $"{_center}/x.zip", later);

        var error = await Assert.ThrowsAsync<RadiomicsException>(() => new UploadReader(store, _temporary, new RadiomicsOptions()).OpenAsync(upload!));
        Assert.Equal("UploadChanged", error.Code);
    }

    [Fact]
    public async Task A_key_that_comes_with_another_body_is_refused()
    {
        var keys = new IdempotencyKeys(await Account.StoreAsync(azurite));
        Assert.Equal("u1", (await keys.ClaimAsync(_center, "key", "body1", "u1", "p-1")).UploadId);
        Assert.Equal(("u1", "p-1"), await keys.ClaimAsync(_center, "key", "body1", "u2", "p-2") is var again ? (again.UploadId, again.Made) : default);
        var error = await Assert.ThrowsAsync<RadiomicsException>(() => keys.ClaimAsync(_center, "key", "body2", "u2", "p-2"));
        Assert.Equal("IdempotencyKeyReused", error.Code);
        Assert.Equal("u2", (await keys.ClaimAsync(_center + "x", "key", "body2", "u2", "p-2")).UploadId);
    }

    [Fact]
    public async Task A_blob_is_written_once()
    {
        var store = await Account.StoreAsync(azurite);
        Assert.True(await store.WriteOnceAsync(Containers.Studies, $"{_center}/x", new BinaryData("1")));
        Assert.False(await store.WriteOnceAsync(Containers.Studies, $"{_center}/x", new BinaryData("2")));
        Assert.Equal("1", await store.TextAsync(Containers.Studies, $"{_center}/x"));
    }

    [Fact]
    public async Task A_blob_is_replaced_in_the_version_that_was_read_and_in_no_other()
    {
        var store = await Account.StoreAsync(azurite);
        Assert.True(await ReplaceAsync("1", null));
        Assert.False(await ReplaceAsync("2", null));
        var read = (await store.TryReadAsync(Containers.Studies, $"{_center}/y"))!.Details.ETag;
        Assert.True(await ReplaceAsync("3", read));
        Assert.False(await ReplaceAsync("4", read));
        Assert.Equal("3", await store.TextAsync(Containers.Studies, $"{_center}/y"));
        await store.Blob(Containers.Studies, $"{_center}/y").DeleteAsync();
        Assert.False(await ReplaceAsync("5", read));
        Assert.Equal("ContainerNotFound", (await Assert.ThrowsAsync<RequestFailedException>(() => store.TryReplaceAsync("absent", "y", new BinaryData("1"), null))).ErrorCode);

        Task<bool> ReplaceAsync(string json, ETag? version) => store.TryReplaceAsync(Containers.Studies, $"{_center}/y", new BinaryData(json), version);
    }

    private async Task<(BlobStore Store, UploadDoor Door)> DoorAsync()
    {
        var store = await Account.StoreAsync(azurite);
        return (store, new UploadDoor(store, new UploadStore(store)));
    }

    private UploadName Zip(string name) => new(_center, name, UploadKind.Zip);
}
