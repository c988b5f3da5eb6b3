using System.Net;
using System.Text;
using Radiomics.Pipeline;

namespace Functions.Tests.Console;

/// <summary>Uploads from the console: blocks, then the list of them.</summary>
[Collection(nameof(AppCollection))]
public sealed class UploadBlockTests(App app) : IDisposable
{
    private readonly ConsoleClient _console = new(app);
    private readonly string _name = ConsoleClient.NewName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task A_study_in_blocks_in_any_order_is_predicted_and_the_same_again_is_the_same_prediction()
    {
        var zip = await PhantomStudy.ZipAsync("3.0T", seed: 717);
        byte[][] blocks = [zip[..1000], zip[1000..5000], zip[5000..]];
        foreach (var number in new[] { 2, 0, 1, 0 })
            Assert.Equal(HttpStatusCode.NoContent, (await _console.PutAsync("A", _name, number, blocks[number])).Status);
        var (status, location) = await _console.CloseAsync("A", _name, blocks);
        var id = PredictionId.OfUpload(UploadId.OfZip("A", _name, Digest.Of(new BinaryData(zip))));

        Assert.Equal((HttpStatusCode.OK, $"/centers/A/studies/{id}"), (status, location));
        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", id)).Status);
        Assert.Equal((HttpStatusCode.OK, $"/centers/A/studies/{id}?sent=again"), await _console.CloseAsync("A", _name, blocks));
        Assert.Contains("These bytes were sent before.", await _console.PageAsync($"{location}?sent=again"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_the_API_has_predicted_come_to_that_prediction()
    {
        var zip = Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}");
        var id = (await app.PostZipAsync("A", zip)).Id;
        await app.EndAsync("A", id);
        await _console.PutAsync("A", _name, 0, zip);

        Assert.Equal((HttpStatusCode.OK, $"/centers/A/studies/{id}?sent=again"), await _console.CloseAsync("A", _name, zip));
    }

    [Fact]
    public async Task A_block_that_is_not_what_it_says_is_refused_and_kept_by_nobody()
    {
        var block = Encoding.UTF8.GetBytes("a block");
        var other = $"sha-256=:{Convert.ToBase64String(new byte[32])}:";

        Assert.Equal((HttpStatusCode.BadRequest, "DigestMismatch"), await _console.PutAsync("A", _name, 0, block, other));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidDigest"), await _console.PutAsync("A", _name, 0, block, null));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidDigest"), await _console.PutAsync("A", _name, 0, block, "md5=:AA==:"));
        Assert.Equal((HttpStatusCode.BadRequest, "EmptyBody"), await _console.PutAsync("A", _name, 0, []));
        Assert.Empty(await app.Store.StagedBlocksAsync(Containers.Incoming, $"A/{_name}", Cancellation));
    }

    [Fact]
    public async Task An_upload_with_a_block_missing_or_in_another_place_is_not_closed()
    {
        byte[][] blocks = [[1, 2, 3], [4, 5, 6]];
        await _console.PutAsync("A", _name, 0, blocks[0]);

        Assert.Equal((HttpStatusCode.Conflict, "BlocksMissing"), await _console.CloseAsync("A", _name, blocks));
        await _console.PutAsync("A", _name, 1, blocks[1]);
        Assert.Equal((HttpStatusCode.Conflict, "BlocksMissing"), await _console.CloseAsync("A", _name, blocks[1], blocks[0]));
        Assert.False(await app.Store.Blob(Containers.Incoming, $"A/{_name}").ExistsAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, (await _console.CloseAsync("A", _name, blocks)).Status);
        Assert.Equal([1, 2, 3, 4, 5, 6], (await app.Store.Blob(Containers.Incoming, $"A/{_name}").DownloadContentAsync(Cancellation)).Value.Content.ToArray());
    }

    [Fact]
    public async Task A_block_that_is_too_long_or_has_no_place_is_refused()
    {
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "RequestTooLarge"), await _console.PutAsync("A", _name, 0, new byte[BlockUploads.MostBlockBytes + 1]));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidRequest"), await _console.PutAsync("A", _name, BlockUploads.MostBlocks, [1]));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidRequest"), await _console.PutAsync("A", _name, "first", [1]));
    }

    [Theory]
    [InlineData("DOE^JANE.zip")]
    [InlineData("study.zip")]
    [InlineData("console-0123456789abcdef.zip")]
    public async Task A_name_that_could_tell_of_somebody_is_refused(string name)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidBlobName"), await _console.PutAsync("A", Uri.EscapeDataString(name), 0, [1]));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidBlobName"), await _console.CloseAsync("A", Uri.EscapeDataString(name), [1]));
    }

    [Fact]
    public async Task An_upload_of_nothing_is_refused() => Assert.Equal((HttpStatusCode.BadRequest, "InvalidRequest"), await _console.CloseAsync("A", _name));

    [Fact]
    public async Task Who_shows_no_token_of_a_page_of_ours_changes_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/centers/A/uploads/{_name}/blocks/0") { Content = new ByteArrayContent([1]) };
        using var response = await app.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await app.Store.StagedBlocksAsync(Containers.Incoming, $"A/{_name}", Cancellation));
    }
}
