using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Functions.Tests;

[Collection(nameof(AppCollection))]
public sealed class UploadDoorTests(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_uploaded_where_the_door_says_is_predicted()
    {
        var name = $"2026/{Guid.NewGuid():N}.zip";
        var content = new BinaryData($"no zip {Guid.NewGuid()}");
        var grant = await GrantAsync(name);
        await StorageClients.Create(grant.Url).UploadAsync(content.ToStream(), cancellationToken: Cancellation);

        Assert.Equal($"A/{name}", grant.Blob);
        Assert.Equal("NotAZip", (await app.EndAsync("A", PredictionId.OfUpload(UploadId.OfZip("A", name, Digest.Of(content))))).Error!.Code);
    }

    [Fact]
    public async Task The_address_is_good_for_writing_one_blob_for_an_hour_and_for_nothing_else()
    {
        var name = $"{Guid.NewGuid():N}.zip";
        var grant = await GrantAsync(name);
        var blob = new BlobClient(grant.Url);
        await blob.UploadAsync(new BinaryData("one"), overwrite: true, Cancellation);
        await blob.UploadAsync(new BinaryData("two"), overwrite: true, Cancellation);

        Assert.InRange(grant.ExpiresAt - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(60));
        await IsRefusedAsync(() => blob.DownloadContentAsync(Cancellation));
        await IsRefusedAsync(() => blob.GetPropertiesAsync(cancellationToken: Cancellation));
        await IsRefusedAsync(() => blob.DeleteAsync(cancellationToken: Cancellation));
        await IsRefusedAsync(() => blob.SetTagsAsync(new Dictionary<string, string> { ["a"] = "b" }, cancellationToken: Cancellation));
        await IsRefusedAsync(() => new BlobClient(Elsewhere(grant.Url, $"A/{name}", "A/another.zip")).UploadAsync(new BinaryData("x"), Cancellation));
        await IsRefusedAsync(() => new BlobClient(Elsewhere(grant.Url, $"A/{name}", $"B/{name}")).UploadAsync(new BinaryData("x"), Cancellation));
        await IsRefusedAsync(async () => await new BlobContainerClient(Elsewhere(grant.Url, $"/A/{name}", "")).GetBlobsAsync(BlobTraits.None, BlobStates.None, null, Cancellation).AsPages().GetAsyncEnumerator(Cancellation).MoveNextAsync());
    }

    [Fact]
    public async Task Who_asks_again_learns_what_is_there_already()
    {
        var name = $"{Guid.NewGuid():N}.zip";
        var first = await GrantAsync(name);
        var id = Convert.ToBase64String("block-1"u8);
        await StorageClients.Create(first.Url).StageBlockAsync(id, new MemoryStream([1, 2, 3]), cancellationToken: Cancellation);
        var again = await GrantAsync(name);
        await StorageClients.Create(again.Url).CommitBlockListAsync([id], cancellationToken: Cancellation);

        Assert.Empty(first.StagedBlocks);
        Assert.Equal([new StagedBlock(id, 3)], again.StagedBlocks);
        Assert.Empty((await GrantAsync(name)).StagedBlocks);
        Assert.Equal([1, 2, 3], (await app.Store.Blob(Containers.Incoming, again.Blob).DownloadContentAsync(Cancellation)).Value.Content.ToArray());
    }

    [Fact]
    public async Task A_grant_is_in_the_audit_without_the_name_that_may_hold_a_patients()
    {
        const string patient = "DOE^JANE";
        var before = (await AuditAsync()).Split("upload-granted").Length;
        using var response = await PostAsync("A", $$"""{"name": "{{patient}} {{Guid.NewGuid():N}}.zip"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var after = await AuditAsync();
        Assert.Equal(before + 1, after.Split("upload-granted").Length);
        Assert.DoesNotContain(patient, after, StringComparison.Ordinal);
        Assert.True((await app.Audit.VerifyAsync("A", Cancellation)).Intact);
    }

    [Theory]
    [InlineData("x.dcm")]
    [InlineData(".zip")]
    [InlineData("study/_ready")]
    [InlineData("../B/x.zip")]
    [InlineData("a/./x.zip")]
    [InlineData("a\\b.zip")]
    [InlineData("a\nb.zip")]
    [InlineData("")]
    public async Task A_name_that_is_no_zips_below_the_center_is_a_problem(string name) =>
        await IsProblemAsync(await PostAsync("A", JsonSerializer.Serialize(new { name })), HttpStatusCode.BadRequest, "InvalidBlobName");

    [Fact]
    public async Task A_name_longer_than_a_blobs_is_a_problem() =>
        await IsProblemAsync(await PostAsync("A", JsonSerializer.Serialize(new { name = new string('x', 900) + ".zip" })), HttpStatusCode.BadRequest, "InvalidBlobName");

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"name": 3}""")]
    public async Task A_body_that_names_nothing_is_a_problem(string body) => await IsProblemAsync(await PostAsync("A", body), HttpStatusCode.BadRequest, "InvalidRequest");

    [Fact]
    public async Task An_unknown_center_is_a_problem() =>
        await IsProblemAsync(await PostAsync("Nowhere", """{"name": "x.zip"}"""), HttpStatusCode.NotFound, "UnknownCenter");

    private async Task<UploadGrant> GrantAsync(string name)
    {
        using var response = await PostAsync("A", JsonSerializer.Serialize(new { name }));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<UploadGrant>(RadiomicsJson.Options, Cancellation))!;
    }

    private Task<HttpResponseMessage> PostAsync(string center, string body) =>
        app.Http.PostAsync($"/api/centers/{center}/uploads", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private async Task<string> AuditAsync()
    {
        var text = new StringBuilder();
        await foreach (var segment in app.Store.Container(Containers.Audit).GetBlobsAsync(BlobTraits.None, BlobStates.None, "A/", Cancellation))
            text.Append((await app.Store.Blob(Containers.Audit, segment.Name).DownloadContentAsync(Cancellation)).Value.Content);
        return text.ToString();
    }

    private static Uri Elsewhere(Uri address, string from, string to) => new(address.AbsoluteUri.Replace(from, to, StringComparison.Ordinal));

    private static async Task IsRefusedAsync(Func<Task> call) => Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(call)).Status);

    private static async Task IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, body.RootElement.GetProperty("code").GetString());
    }
}
