using System.Net;
using System.Text;
using System.Text.Json;
using Radiomics.Pipeline;

namespace Functions.Tests;

[Collection(nameof(AppCollection))]
public sealed class HttpContractTests(App app)
{
    [Fact]
    public async Task A_zip_is_accepted_with_its_address_and_status()
    {
        var response = await app.PostAsync("A", App.Zip(Encoding.UTF8.GetBytes("no zip, accepted")));
        var status = await App.ReadAsync(response);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"{app.Http.BaseAddress}api/centers/A/predictions/{status.Id}", response.Headers.Location!.ToString());
        Assert.True((await app.Http.GetAsync(response.Headers.Location)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Naming_a_blob_gives_the_id_that_the_trigger_gives()
    {
        var content = new BinaryData($"no zip {Guid.NewGuid()}");
        var name = $"sub/{Guid.NewGuid():N}.zip";
        await app.Store.Blob(Containers.Incoming, $"A/{name}").UploadAsync(content);
        var status = await App.ReadAsync(await app.PostAsync("A", Json($$"""{"blob": "A/{{name}}"}""")));

        Assert.Equal(PredictionId.OfUpload(UploadId.OfZip("A", name, Digest.Of(content))), status.Id);
        Assert.Equal("NotAZip", (await app.EndAsync("A", status.Id)).Error!.Code);
    }

    [Fact]
    public async Task The_same_key_with_the_same_body_is_the_same_prediction_and_with_another_a_problem()
    {
        var key = Guid.NewGuid().ToString();
        var first = await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, keyed"), key);
        var again = await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, keyed"), key);
        var elsewhere = await app.PostZipAsync("B", Encoding.UTF8.GetBytes("no zip, other"), key);
        var other = await app.PostAsync("A", App.Zip(Encoding.UTF8.GetBytes("no zip, other")), key);

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, elsewhere.Id);
        await IsProblemAsync(other, HttpStatusCode.UnprocessableEntity, "IdempotencyKeyReused");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_was_forgotten_never_gives_the_prediction_of_another_body(bool hasHistory)
    {
        var key = Guid.NewGuid().ToString();
        var (body, other) = (Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"), Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"));
        var claim = app.Store.Blob(Containers.Uploads, $"by-key/{Digest.OfParts("A", key)}.json");
        var id = (await app.PostZipAsync("A", body, key)).Id;
        await app.EndAsync("A", id);
        await app.Hub.EndAsync(id);
        if (!hasHistory)
            await app.Hub.PurgeAsync(id);

        await claim.DeleteAsync();
        Assert.NotEqual(id, (await app.PostZipAsync("A", other, key)).Id);
        await claim.DeleteAsync();
        Assert.Equal((id, PredictionState.Failed), await app.PostZipAsync("A", body, key) is var again ? (again.Id, again.Status) : default);
    }

    [Fact]
    public async Task The_same_bytes_are_one_prediction_with_any_key_or_none()
    {
        var zip = Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}");
        var ids = new[] { await app.PostZipAsync("A", zip), await app.PostZipAsync("A", zip, $"{Guid.NewGuid()}"), await app.PostZipAsync("A", zip, $"{Guid.NewGuid()}"), await app.PostZipAsync("A", zip) };
        Assert.Equal(PredictionId.OfUpload(UploadId.OfZip("A", "", Digest.Of(new BinaryData(zip)))), Assert.Single(ids.Select(status => status.Id).Distinct()));

        var name = $"{Guid.NewGuid():N}.zip";
        await app.Store.Blob(Containers.Incoming, $"A/{name}").UploadAsync(new BinaryData(zip));
        Assert.Equal(ids[0].Id, (await App.ReadAsync(await app.PostAsync("A", Json($$"""{"blob": "A/{{name}}"}"""), $"{Guid.NewGuid()}"))).Id);
        Assert.Equal(ids[0].Id, (await App.ReadAsync(await app.PostAsync("A", Json($$"""{"blob": "A/{{name}}"}""")))).Id);
        await app.EndAsync("A", ids[0].Id);
        Assert.Single(await app.ActionsAsync("A", "prediction", ids[0].Id), action => action == "prediction-failed");
    }

    [Theory]
    [InlineData("body first")]
    [InlineData("blob first")]
    [InlineData("at once")]
    public async Task The_same_bytes_are_one_prediction_by_body_and_by_blob(string order)
    {
        var (zip, name, key) = (Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"), $"{Guid.NewGuid():N}.zip", $"{Guid.NewGuid()}");
        var sha256 = Digest.Of(new BinaryData(zip));
        string[] possible = [PredictionId.OfUpload(UploadId.OfZip("A", "", sha256)), PredictionId.OfUpload(UploadId.OfZip("A", name, sha256))];
        List<string> ids = [];
        if (order == "at once")
            ids.AddRange(await Task.WhenAll(BodyAsync(), BlobAsync()));
        else if (order == "body first")
            ids.AddRange([await BodyAsync(), await BlobAsync()]);
        else
            ids.AddRange([await BlobAsync(), await BodyAsync()]);
        ids.AddRange([await BodyAsync(), await BlobAsync()]);

        var id = Assert.Single(ids.Distinct());
        if (order != "at once")
            Assert.Equal(order == "body first" ? possible[0] : possible[1], id);
        Assert.Equal("NotAZip", (await app.EndAsync("A", id)).Error!.Code);
        Assert.Single(await app.ActionsAsync("A", "prediction", id), action => action == "prediction-failed");
        var other = Assert.Single(possible, one => one != id);
        Assert.Null(await app.Hub.FindAsync(other));
        await IsProblemAsync(await app.Http.GetAsync($"/api/centers/A/predictions/{other}"), HttpStatusCode.NotFound, "PredictionNotFound");

        async Task<string> BodyAsync() => (await app.PostZipAsync("A", zip, key)).Id;

        async Task<string> BlobAsync()
        {
            await app.Store.Blob(Containers.Incoming, $"A/{name}").UploadAsync(new BinaryData(zip), overwrite: true);
            return (await App.ReadAsync(await app.PostAsync("A", Json($$"""{"blob": "A/{{name}}"}""")))).Id;
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_problem_and_leaves_nothing()
    {
        var folder = $"{Guid.NewGuid():N}";
        await IsProblemAsync(await app.PostAsync("A", Json($$"""{"blob": "A/{{folder}}/_ready"}"""), folder), HttpStatusCode.NotFound, "BlobNotFound");
        var upload = UploadId.OfFolder("A", folder, Digest.OfParts());
        Assert.False(await app.Store.Blob(Containers.Uploads, $"{upload}.json").ExistsAsync());
        Assert.False(await app.Store.Blob(Containers.Uploads, $"by-key/{Digest.OfParts("A", folder)}.json").ExistsAsync());
        await IsProblemAsync(await app.Http.GetAsync($"/api/centers/A/predictions/{PredictionId.OfUpload(upload)}"), HttpStatusCode.NotFound, "PredictionNotFound");
    }

    [Fact]
    public async Task A_key_with_spaces_is_a_problem() =>
        await IsProblemAsync(await app.PostAsync("A", App.Zip([1]), "two words"), HttpStatusCode.BadRequest, "InvalidIdempotencyKey");

    [Fact]
    public async Task A_body_above_the_limit_is_a_problem_that_names_the_way_for_it() =>
        await IsProblemAsync(await app.PostAsync("A", App.Zip(new byte[App.MaxRequestBytes + 1])), HttpStatusCode.RequestEntityTooLarge, "UploadInstead");

    [Fact]
    public async Task A_body_above_the_limit_that_does_not_say_its_length_is_a_problem()
    {
        var content = new StreamContent(new MemoryStream(new byte[App.MaxRequestBytes + 1])) { Headers = { ContentType = new("application/zip") } };
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/centers/A/predictions") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        await IsProblemAsync(await app.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "UploadInstead");
    }

    [Fact]
    public async Task A_name_above_the_limit_is_a_problem() =>
        await IsProblemAsync(await app.PostAsync("A", Json(new string(' ', 20_000))), HttpStatusCode.RequestEntityTooLarge, "RequestTooLarge");

    [Fact]
    public async Task An_empty_body_is_a_problem() =>
        await IsProblemAsync(await app.PostAsync("A", App.Zip([])), HttpStatusCode.BadRequest, "EmptyBody");

    [Fact]
    public async Task Another_content_type_is_a_problem() =>
        await IsProblemAsync(await app.PostAsync("A", new StringContent("x")), HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType");

    [Fact]
    public async Task A_blob_that_is_not_there_is_a_problem() =>
        await IsProblemAsync(await app.PostAsync("A", Json("""{"blob": "A/never-uploaded.zip"}""")), HttpStatusCode.NotFound, "BlobNotFound");

    [Theory]
    [InlineData("B/x.zip")]
    [InlineData("A/../B/x.zip")]
    [InlineData("A/x.dcm")]
    [InlineData("")]
    public async Task A_blob_of_another_center_or_no_upload_is_a_problem(string blob) =>
        await IsProblemAsync(await app.PostAsync("A", Json(JsonSerializer.Serialize(new { blob }))), HttpStatusCode.BadRequest, "InvalidBlobName");

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"blob\": null}")]
    public async Task A_body_that_names_no_blob_is_a_problem(string json) =>
        await IsProblemAsync(await app.PostAsync("A", Json(json)), HttpStatusCode.BadRequest, "InvalidRequest");

    [Fact]
    public async Task An_unknown_center_is_a_problem() =>
        await IsProblemAsync(await app.PostAsync("Nowhere", App.Zip([1])), HttpStatusCode.NotFound, "UnknownCenter");

    [Theory]
    [InlineData("A", "p-00000000000000000000000000000000")]
    [InlineData("A", "nonsense")]
    [InlineData("Nowhere", "p-00000000000000000000000000000000")]
    public async Task A_prediction_that_is_not_there_is_a_problem(string center, string id) =>
        await IsProblemAsync(await app.Http.GetAsync($"/api/centers/{center}/predictions/{id}"), HttpStatusCode.NotFound, "PredictionNotFound");

    [Fact]
    public async Task A_prediction_of_another_center_is_not_shown()
    {
        var status = await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, of A"));
        await IsProblemAsync(await app.Http.GetAsync($"/api/centers/B/predictions/{status.Id}"), HttpStatusCode.NotFound, "PredictionNotFound");
    }

    [Fact]
    public async Task Health_says_that_storage_answers()
    {
        using var health = JsonDocument.Parse(await app.Http.GetStringAsync("/api/health"));
        Assert.Equal("healthy", health.RootElement.GetProperty("status").GetString());
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, body.RootElement.GetProperty("code").GetString());
        Assert.Equal((int)status, body.RootElement.GetProperty("status").GetInt32());
        Assert.All(new[] { "type", "title", "detail" }, name => Assert.NotEqual("", body.RootElement.GetProperty(name).GetString()));
    }
}
