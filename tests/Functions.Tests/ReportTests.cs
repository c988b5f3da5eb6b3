using System.Net;
using System.Net.Http.Headers;
using Radiomics.Pipeline;

namespace Functions.Tests;

/// <summary><c>GET …/predictions/{id}/report</c>.</summary>
[Collection(nameof(AppCollection))]
public sealed class ReportTests(App app)
{
    private readonly string _id = PredictionId.OfUpload($"{Guid.NewGuid()}");

    [Theory]
    [InlineData(null, ".html", "text/html")]
    [InlineData("*/*", ".html", "text/html")]
    [InlineData("text/*;q=0.1, application/json", ".json", "application/json")]
    [InlineData("application/json;q=0.5, application/fhir+json", ".fhir.json", "application/fhir+json")]
    [InlineData("application/dicom", ".sr.dcm", "application/dicom")]
    [InlineData("text/html;q=0, */*", ".json", "application/json")]
    public async Task The_form_is_the_one_that_the_caller_would_rather_have_byte_by_byte_as_stored(string? accept, string extension, string mediaType)
    {
        var stored = await StoreAsync();

        using var response = await GetAsync(accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(stored[extension], await response.Content.ReadAsStringAsync());
        Assert.Equal($"\"{Digest.Of(new BinaryData(stored[extension]))}\"", response.Headers.ETag!.Tag);
        Assert.Equal(["Accept", "Accept-Language"], response.Headers.Vary);
        Assert.True(response.Headers.CacheControl is { Private: true, NoCache: true });
    }

    [Theory]
    [InlineData(null, "", ".html", "en")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "", ".zh.html", "zh")]
    [InlineData("de, en;q=0.5, zh;q=0.4", "", ".html", "en")]
    [InlineData("de;q=0.9, zh-Hans-CN;q=0.1", "", ".zh.html", "zh")]
    [InlineData("zh;q=0, fr", "", ".html", "en")]
    [InlineData("zh", "?language=en", ".html", "en")]
    [InlineData("en", "?language=zh", ".zh.html", "zh")]
    public async Task The_language_of_the_page_is_the_one_that_the_address_names_or_the_caller_would_rather_have(string? accepted, string query, string extension, string language)
    {
        var stored = await StoreAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/centers/A/predictions/{_id}/report{query}");
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);

        using var response = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(stored[extension], await response.Content.ReadAsStringAsync());
        Assert.Equal([language], response.Content.Headers.ContentLanguage);
    }

    [Fact]
    public async Task A_language_that_there_is_not_is_refused_where_the_address_names_it_and_other_forms_have_none()
    {
        await StoreAsync();
        using var refused = await app.Http.GetAsync($"/api/centers/A/predictions/{_id}/report?language=fr");
        using var record = await GetAsync("application/json");

        await IsProblemAsync(refused, HttpStatusCode.NotAcceptable, "NotAcceptable");
        Assert.Empty(record.Content.Headers.ContentLanguage);
    }

    [Theory]
    [InlineData("", "en", ".html")]
    [InlineData("?language=zh", "zh", ".zh.html")]
    public async Task The_console_shows_the_stored_page_in_a_frame_that_runs_nothing(string query, string language, string extension)
    {
        var stored = await StoreAsync();
        using var page = await app.Http.GetAsync($"/centers/A/studies/{_id}/report{query}");
        var html = System.Net.WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        var address = $"/centers/A/studies/{_id}/report?language={language}&part=document";
        using var document = await app.Http.GetAsync(address);

        Assert.Contains($"src=\"{address}\" sandbox=\"allow-same-origin allow-modals allow-top-navigation-by-user-activation\"", html, StringComparison.Ordinal);
        Assert.Contains("frame-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(stored[extension], await document.Content.ReadAsStringAsync());
        var policy = document.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'; sandbox allow-same-origin", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_an_earlier_version_is_shown_as_it_was_and_what_it_lacks_is_made_of_the_record()
    {
        var stored = await StoreAsync(".zh.html");
        using var english = await app.Http.GetAsync($"/api/centers/A/predictions/{_id}/report");
        using var chinese = await app.Http.GetAsync($"/api/centers/A/predictions/{_id}/report?language=zh");

        Assert.Equal(stored[".html"], await english.Content.ReadAsStringAsync());
        Assert.Contains("<html lang=\"zh\">", await chinese.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_runs_nothing_in_a_browser()
    {
        await StoreAsync();
        using var response = await GetAsync("text/html");
        Assert.Contains("sandbox", string.Join(' ', response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Who_has_it_is_told_so_and_who_has_another_form_gets_this_one()
    {
        await StoreAsync();
        using var page = await GetAsync("text/html");
        using var record = await GetAsync("application/json");

        using var again = await GetAsync("text/html", page.Headers.ETag);
        using var other = await GetAsync("text/html", record.Headers.ETag);

        Assert.Equal((HttpStatusCode.NotModified, ""), (again.StatusCode, await again.Content.ReadAsStringAsync()));
        Assert.Equal(page.Headers.ETag, again.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_form_that_there_is_not_is_refused()
    {
        await StoreAsync();
        using var response = await GetAsync("image/png");
        await IsProblemAsync(response, HttpStatusCode.NotAcceptable, "NotAcceptable");
    }

    [Fact]
    public async Task A_failure_has_no_report_nor_has_another_center_s_prediction()
    {
        var failed = await app.PostZipAsync("A", System.Text.Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"));
        await app.EndAsync("A", failed.Id);
        await StoreAsync();

        using var ofFailure = await app.Http.GetAsync($"/api/centers/A/predictions/{failed.Id}/report");
        using var elsewhere = await app.Http.GetAsync($"/api/centers/B/predictions/{_id}/report");

        await IsProblemAsync(ofFailure, HttpStatusCode.NotFound, "NoReport");
        await IsProblemAsync(elsewhere, HttpStatusCode.NotFound, "PredictionNotFound");
    }

    [Theory]
    [InlineData(".html", "text/html")]
    [InlineData(".json", "application/json")]
    public async Task A_report_or_record_that_was_changed_is_not_told(string extension, string accept)
    {
        var stored = await StoreAsync();
        var other = extension == ".html" ? new BinaryData("<p>other") : BlobStore.Json(new PredictionStatus { Id = _id, Center = "A", Status = PredictionState.Succeeded, Prediction = Radiomics.BarePrediction.Of(_id) with { Probability = 1 } });
        await app.Store.Blob(Containers.Predictions, $"A/by-id/{_id}{extension}").UploadAsync(other, overwrite: true);

        using var response = await GetAsync(accept);

        await IsProblemAsync(response, HttpStatusCode.InternalServerError, AlteredException.RecordCode);

        // The center's trail is verified by others.
        await app.Store.Blob(Containers.Predictions, $"A/by-id/{_id}{extension}").UploadAsync(new BinaryData(stored[extension]), overwrite: true);
    }

    private async Task<HttpResponseMessage> GetAsync(string? accept, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/centers/A/predictions/{_id}/report");
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<Dictionary<string, string>> StoreAsync(string? without = null)
    {
        var status = new PredictionStatus { Id = _id, Center = "A", Status = PredictionState.Succeeded, Prediction = Radiomics.BarePrediction.Of(_id) };
        var stored = new Dictionary<string, string> { [".json"] = BlobStore.Json(status).ToString(), [".html"] = "<p>é", [".zh.html"] = "<p>肝", [".fhir.json"] = "{ }", [".sr.dcm"] = "a report" };
        if (without is not null)
            stored.Remove(without);
        await app.Audit.AppendAsync(new AuditEvent
        {
            Id = $"{_id}/publish",
            Center = "A",
            Actor = "pipeline",
            Action = "prediction-published",
            Subjects = new Dictionary<string, string> { ["prediction"] = _id },
            Digests = stored.ToDictionary(file => file.Key == ".json" ? "record" : $"report {file.Key}", file => Digest.Of(new BinaryData(file.Value))),
        });
        foreach (var (extension, content) in stored)
            await app.Store.WriteOnceAsync(Containers.Predictions, $"A/by-id/{_id}{extension}", new BinaryData(content));
        return stored;
    }

    private static async Task IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!.GetValue<string>());
    }
}
