using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs;

namespace LocalRuntime.Functions.Tests.Hosting;

public class HttpTriggerTests(AzuriteFixture azurite)
{
    private readonly Calls _calls = new();

    [Fact]
    public async Task A_function_without_a_route_answers_under_its_name()
    {
        await using var app = await StartAsync();
        var answer = await app.Http.GetAsync("/api/Hello?who=you");
        Assert.Equal("hello you", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_route_binds_its_parameters_by_name_and_type()
    {
        await using var app = await StartAsync();
        var answer = await app.Http.PutAsync("/api/centers/A/items/12", new ByteArrayContent(new byte[40_000_000]));
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("A", json.GetProperty("center").GetString());
        Assert.Equal(12, json.GetProperty("id").GetInt32());
        Assert.Equal("PUT A 12 40000000", await _calls.NextAsync());
    }

    [Theory]
    [InlineData("GET", "/api/centers/A/items/twelve", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/Nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/Hello", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/Hello", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/Plain", HttpStatusCode.OK)]
    [InlineData("GET", "/api/guid/not-one", HttpStatusCode.InternalServerError)]
    public async Task What_no_route_serves_is_refused(string method, string path, HttpStatusCode expected)
    {
        await using var app = await StartAsync();
        var answer = await app.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(_calls.All);
    }

    [Fact]
    public async Task A_failing_function_is_a_bare_500()
    {
        await using var app = await StartAsync();
        var answer = await app.Http.GetAsync("/api/Broken");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Results_may_be_files_and_plain_objects()
    {
        await using var app = await StartAsync();
        var file = await app.Http.GetAsync("/api/Stream?name=a.bin");
        Assert.Equal([1, 2, 3], await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("a.bin", file.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("""{"method":"GET","number":3}""", await app.Http.GetStringAsync("/api/Plain"));
    }

    [Fact]
    public async Task The_route_prefix_of_host_json_is_honoured()
    {
        await using var app = await StartAsync("--AzureFunctionsJobHost:extensions:http:routePrefix=");
        Assert.Equal("hello ", await app.Http.GetStringAsync("/Hello"));
    }

    [Fact]
    public async Task A_request_for_another_host_name_is_refused()
    {
        await using var app = await StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/Hello") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await app.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Keys_are_asked_for_when_the_host_is_told_to()
    {
        var name = TestApp.NewName();
        await using var app = await TestApp.StartAsync(azurite, name, _calls, [typeof(SampleHttp)], "--enable-auth");
        var secrets = await azurite.Blobs.GetBlobContainerClient("azure-webjobs-secrets").GetBlobClient(name + "/host.json").DownloadContentAsync();
        var key = JsonDocument.Parse(secrets.Value.Content).RootElement.GetProperty("functionKeys")[0].GetProperty("value").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/api/Hello")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.GetAsync("/api/centers/A/items/1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.GetAsync("/api/centers/A/items/1?code=wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/api/centers/A/items/1?code=" + Uri.EscapeDataString(key))).StatusCode);
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/centers/A/items/1") { Headers = { { "x-functions-key", key } } };
        Assert.Equal(HttpStatusCode.OK, (await app.Http.SendAsync(request)).StatusCode);
    }

    private Task<TestApp> StartAsync(params string[] args) => TestApp.StartAsync(azurite, TestApp.NewName(), _calls, [typeof(SampleHttp)], args);
}
