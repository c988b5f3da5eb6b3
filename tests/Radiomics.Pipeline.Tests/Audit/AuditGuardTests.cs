using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Radiomics.Pipeline.Tests;

/// <summary>The guard under which the other tests of this assembly run sees what it must.</summary>
public sealed class AuditGuardTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Nothing_that_is_there_can_be_overwritten_deleted_or_marked()
    {
        var guarded = AuditGuard.Client(azurite.ConnectionString).GetBlobContainerClient(Containers.Audit);
        await guarded.CreateIfNotExistsAsync();
        var name = $"{Guid.NewGuid():N}/x.jsonl";
        var (blob, segment) = (guarded.GetBlobClient(name), guarded.GetAppendBlobClient(name));
        await segment.CreateAsync(new AppendBlobCreateOptions { Conditions = new() { IfNoneMatch = Azure.ETag.All } });
        await segment.AppendBlockAsync(new MemoryStream([1]));
        Func<Task>[] forbidden =
        [
            () => blob.UploadAsync(new BinaryData("x"), overwrite: true),
            () => blob.DeleteIfExistsAsync(),
            () => blob.SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }),
            () => blob.SetTagsAsync(new Dictionary<string, string> { ["a"] = "b" }),
            () => blob.SetHttpHeadersAsync(new BlobHttpHeaders { ContentType = "text/plain" }),
            () => segment.CreateAsync(new AppendBlobCreateOptions { Metadata = new Dictionary<string, string> { ["a"] = "b" }, Conditions = new() { IfNoneMatch = Azure.ETag.All } }),
            () => segment.SealAsync(),
            () => guarded.DeleteAsync(),
        ];

        foreach (var act in forbidden)
            await Assert.ThrowsAsync<InvalidOperationException>(act);
        Assert.Equal([1], (await blob.DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task An_anchor_is_written_once_and_nothing_is_ever_done_to_it()
    {
        var guarded = AuditGuard.Client(azurite.ConnectionString).GetBlobContainerClient(Containers.AuditAnchors);
        await guarded.CreateIfNotExistsAsync();
        var name = $"{Guid.NewGuid():N}/x.json";
        var (blob, segment) = (guarded.GetBlobClient(name), guarded.GetAppendBlobClient(name));
        await blob.UploadAsync(new BinaryData("x"), new BlobUploadOptions { Conditions = new() { IfNoneMatch = Azure.ETag.All } });
        Func<Task>[] forbidden =
        [
            () => blob.UploadAsync(new BinaryData("y"), overwrite: true),
            () => blob.DeleteAsync(),
            () => blob.SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }),
            () => segment.AppendBlockAsync(new MemoryStream([1])),
            () => guarded.DeleteAsync(),
        ];

        foreach (var act in forbidden)
            await Assert.ThrowsAsync<InvalidOperationException>(act);
        Assert.Equal("x", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }
}
