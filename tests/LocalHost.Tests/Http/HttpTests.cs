using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Radiomics;

namespace LocalHost.Tests.Http;

public class HttpTests(AzuriteFixture azurite, SharedHost shared) : OnSharedHost(azurite, shared)
{
    [Fact]
    public async Task A_function_without_a_route_answers_under_its_name()
    {
        using var answer = await App.Http.GetAsync("/api/Hello?who=you");
        Assert.Equal("hello you", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_route_binds_its_parameters_and_a_large_body_passes()
    {
        using var answer = await App.Http.PutAsync("/api/centers/A%20B/items/12", new ByteArrayContent(new byte[40_000_000]));
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("A B", json.GetProperty("center").GetString());
        Assert.Equal(12, json.GetProperty("id").GetInt32());
        Assert.Equal(40_000_000, json.GetProperty("length").GetInt64());
        Assert.Contains("PUT A B 12 40000000", await App.Calls.OfAsync("Item"));
    }

    [Theory]
    [InlineData("GET", "/api/centers/A/items/twelve", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/Unknown", HttpStatusCode.NotFound)]
    [InlineData("GET", "/Hello", HttpStatusCode.NotFound)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/Hello", HttpStatusCode.MethodNotAllowed)]
    public async Task What_no_route_serves_is_refused(string method, string path, HttpStatusCode expected)
    {
        using var answer = await App.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/Unknown", "NotFound", null)]
    [InlineData("GET", "/", "NotFound", null)]
    [InlineData("GET", "/runtime/webhooks/unknown/x", "NotFound", null)]
    [InlineData("POST", "/api/Hello", "MethodNotAllowed", "GET, HEAD")]
    [InlineData("OPTIONS", "/api/Hello", "MethodNotAllowed", "GET, HEAD")]
    [InlineData("DELETE", "/api/centers/A/items/1", "MethodNotAllowed", "GET, HEAD, PUT")]
    [InlineData("POST", "/admin/host/status", "MethodNotAllowed", "GET, HEAD")]
    public async Task What_no_route_serves_is_told_as_a_problem(string method, string path, string code, string? allow)
    {
        using var answer = await App.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await ProblemAsync(answer, code);
        Assert.Equal(allow, answer.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/api/Hello?who=you")]
    [InlineData("/api/centers/A/items/12")]
    [InlineData("/api/Moved")]
    [InlineData("/api/Broken")]
    [InlineData("/api/Unknown")]
    [InlineData("/api/Download?name=a.bin&length=1000")]
    [InlineData("/admin/host/status")]
    [InlineData("/runtime/webhooks/durabletask/instances/none")]
    public async Task HEAD_is_GET_without_a_body(string path)
    {
        using var get = await App.Http.GetAsync(path);
        using var head = await App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Content.Headers.ContentDisposition, head.Content.Headers.ContentDisposition);
        Assert.Equal(get.Headers.Location, head.Headers.Location);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("POST", "/runtime/webhooks/durabletask/orchestrators/Listen", "Origin", "http://evil.example")]
    [InlineData("POST", "/runtime/webhooks/durabletask/instances/x/terminate", "Origin", "null")]
    [InlineData("POST", "/runtime/webhooks/durabletask/instances/x/terminate", "Sec-Fetch-Site", "cross-site")]
    [InlineData("POST", "/api/Release", "Origin", "http://localhost:1")]
    [InlineData("POST", "/api/Release", "Sec-Fetch-Site", "same-site")]
    [InlineData("OPTIONS", "/api/centers/A/items/1", "Origin", "http://evil.example")]
    [InlineData("GET", "/api/Hello", "Origin", "https://evil.example")]
    [InlineData("GET", "/api/Hello", "Sec-Fetch-Site", "cross-site")]
    [InlineData("GET", "/admin/host/status", "Sec-Fetch-Site", "cross-site")]
    public async Task What_a_page_of_another_origin_has_a_browser_send_is_refused(string method, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { header, value }, { "Access-Control-Request-Method", "PUT" } } };
        using var answer = await App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await ProblemAsync(answer, "CrossOrigin");
        Assert.DoesNotContain(answer.Headers, sent => sent.Key.StartsWith("Access-Control", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/Hello", HttpStatusCode.OK)]
    [InlineData("/admin/host/status", HttpStatusCode.Forbidden)]
    [InlineData("/runtime/webhooks/durabletask/instances/x", HttpStatusCode.Forbidden)]
    public async Task A_link_of_another_page_may_be_followed_but_not_to_the_management(string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Sec-Fetch-Site", "cross-site" }, { "Sec-Fetch-Mode", "navigate" } } };
        using var answer = await App.Http.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task The_hosts_own_pages_may_call_it()
    {
        var own = App.Process.Url.GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/Release") { Headers = { { "Origin", own }, { "Sec-Fetch-Site", "same-origin" } } };
        using var answer = await App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task The_function_sees_the_address_that_was_called()
    {
        var path = "/api/address/a%20b/c?x=1&y=%2F";
        Assert.Equal($"GET {App.Process.Url.AbsoluteUri.TrimEnd('/')}{path}", await App.Http.GetStringAsync(path));
    }

    [Fact]
    public async Task A_failing_function_is_a_500_that_tells_nothing_of_why()
    {
        using var answer = await App.Http.GetAsync("/api/Broken");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("secret", await ProblemAsync(answer, "FunctionFailed"));
    }

    [Fact]
    public async Task An_answer_may_be_without_content()
    {
        using var answer = await App.Http.PostAsync("/api/Nothing", null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Redirects_and_cookies_are_the_callers_affair()
    {
        using var answer = await App.Http.GetAsync("/api/Moved");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(new Uri(App.Process.Url, "/api/Hello?who=moved"), answer.Headers.Location);
        Assert.StartsWith("seen=yes", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    [Fact]
    public async Task A_large_file_comes_back_under_its_name()
    {
        using var answer = await App.Http.GetAsync("/api/Download?name=a.bin&length=40000000");
        Assert.Equal("a.bin", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(40_000_000, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task The_first_part_of_an_answer_comes_before_the_last_is_made()
    {
        using var answer = await App.Http.GetAsync("/api/Trickle", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var first = new byte["first,".Length];
        await body.ReadExactlyAsync(first);
        using var released = await App.Http.PostAsync("/api/Release", null);
        using var reader = new StreamReader(body);
        Assert.Equal("last", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Many_callers_at_once_are_answered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => App.Http.GetStringAsync($"/api/Hello?who={i}")));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"hello {i}"), answers);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_request_for_another_host_name_is_refused(string host)
    {
        foreach (var path in (string[])["/api/Hello", "/admin/host/status", Instances.Root + "/instances"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await App.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
            await ProblemAsync(answer, "WrongHostName");
        }
    }

    [Fact]
    public async Task The_host_tells_its_state_and_its_worker()
    {
        var status = await App.StatusAsync();
        Assert.Equal("Running", status.GetProperty("state").GetString());
        Assert.Equal(App.Process.WorkerId, status.GetProperty("workerPid").GetInt32());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("fault").ValueKind);
    }

    /// <summary>Requires a problem of a code. Returns all that it says.</summary>
    internal static async Task<string> ProblemAsync(HttpResponseMessage answer, string code)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        using var problem = JsonDocument.Parse(text);
        Assert.Equal((code, (int)answer.StatusCode), (problem.RootElement.GetProperty("code").GetString(), problem.RootElement.GetProperty("status").GetInt32()));
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
        return text;
    }
}
