using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Radiomics;
using Radiomics.Pipeline;

namespace Functions.Tests.Api;

/// <summary>A client that knows nothing of the product but what <c>openapi.json</c> says.</summary>
[Collection(nameof(AppCollection))]
public sealed class DocumentedCallTests(App app)
{
    [Fact]
    public async Task A_client_that_has_only_the_document_sends_a_study_and_follows_it_to_its_end()
    {
        var api = await ReadAsync();
        var sent = await CallAsync(api, "postPrediction", new() { ["center"] = "A" }, "application/zip", App.Zip(Encoding.UTF8.GetBytes("no zip, from a document")));
        var status = JsonNode.Parse(await sent.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Contains("Location", Operation(api, "postPrediction").Operation.Responses!["202"].Headers!.Keys);

        await app.EndAsync("A", (string)status["id"]!);
        var ended = await CallAsync(api, "getPrediction", new() { ["center"] = "A", ["id"] = (string)status["id"]! });
        var code = (string)JsonNode.Parse(await ended.Content.ReadAsStringAsync())!["error"]!["code"]!;

        var known = ((JsonNodeExtension)api.Extensions!["x-error-codes"]).Node.AsArray().Single(entry => (string?)entry!["code"] == code)!;
        Assert.Equal("NotAZip", code);
        Assert.Equal(ErrorCatalogue.TryGet(code)!.Advice, (string?)known["advice"]);
    }

    [Fact]
    public async Task The_running_service_answers_with_the_committed_copy() => Assert.Equal(
        await File.ReadAllTextAsync(Path.Combine(TestData.RepositoryRoot, "functions", "openapi.json")), await app.Http.GetStringAsync("/api/openapi.json") + "\n", ignoreLineEndingDifferences: true);

    /// <summary>Bodies as the document shows them are taken, or refused for what they name and not for their form.</summary>
    [Theory]
    [InlineData("postPrediction", "application/json", "BlobNotFound")]
    [InlineData("postRetraining", "application/json", "CohortUnknown")]
    [InlineData("postApproval", "application/json", "RetrainingNotFound")]
    [InlineData("postRollback", "application/json", "ModelVersionUnknown")]
    public async Task The_documents_example_of_a_body_is_understood(string operation, string mediaType, string code)
    {
        var api = await ReadAsync();
        var example = Operation(api, operation).Operation.RequestBody!.Content![mediaType].Example!.ToJsonString();
        var values = new Dictionary<string, string> { ["center"] = "A", ["fieldStrength"] = "3.0T", ["id"] = "r-00000000000000000000000000000000" };

        var response = await CallAsync(api, operation, values, mediaType, new StringContent(example, Encoding.UTF8, mediaType));
        Assert.Equal(code, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]);
    }

    [Fact]
    public async Task The_page_and_its_files_come_from_the_service_alone()
    {
        var page = await app.Http.GetAsync("/api/docs/index.html");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("connect-src 'self';", policy);
        Assert.DoesNotContain("http", policy);

        var files = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToArray();
        Assert.Contains(files, file => file.Contains("swagger-ui-bundle.js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var address = new Uri(page.RequestMessage!.RequestUri!, file);
            Assert.Equal(app.Http.BaseAddress!.Authority, address.Authority);
            Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(address)).StatusCode);
        }

        Assert.Contains("openapi.json", await app.Http.GetStringAsync("/api/docs/index.js"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("/api/docs/other.js")).StatusCode);
    }

    [Fact]
    public async Task The_short_address_leads_to_the_page() =>
        Assert.Equal("/api/docs/index.html", (await app.Http.GetAsync("/api/docs")).RequestMessage!.RequestUri!.AbsolutePath);

    private async Task<OpenApiDocument> ReadAsync() => OpenApiDocument.Parse(await app.Http.GetStringAsync("/api/openapi.json"), "json").Document!;

    private static (string Path, HttpMethod Method, OpenApiOperation Operation) Operation(OpenApiDocument api, string id) =>
        api.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (path.Key, operation.Key, operation.Value))).Single(operation => operation.Value.OperationId == id);

    private Task<HttpResponseMessage> CallAsync(OpenApiDocument api, string id, Dictionary<string, string> values, string? mediaType = null, HttpContent? body = null)
    {
        var (path, method, operation) = Operation(api, id);
        var address = operation.Parameters!.Where(parameter => parameter.In == ParameterLocation.Path)
            .Aggregate(path, (built, parameter) => built.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(values[parameter.Name!]), StringComparison.Ordinal));
        Assert.True(mediaType is null || operation.RequestBody!.Content!.ContainsKey(mediaType));
        return app.Http.SendAsync(new HttpRequestMessage(method, new Uri(new Uri(app.Http.BaseAddress!, api.Servers![0].Url), address)) { Content = body });
    }
}
