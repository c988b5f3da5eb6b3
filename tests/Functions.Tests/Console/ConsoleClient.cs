using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Radiomics.Pipeline;

namespace Functions.Tests.Console;

/// <summary>Pages of the app's console, and what its scripts send.</summary>
internal sealed partial class ConsoleClient(App app) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Http.BaseAddress };
    private string? _token;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    public Task<HttpResponseMessage> GetAsync(string address) => _http.GetAsync(address, Cancellation);

    /// <summary>The text of a page, decoded, with one space for each stretch of white space.</summary>
    public async Task<string> PageAsync(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await GetAsync(address);
        Assert.Equal(status, response.StatusCode);
        return Space().Replace(WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation)), " ");
    }

    /// <summary>Asks for a page until it holds something, which it does a moment later.</summary>
    public async Task<string> PageWithAsync(string address, string text)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await PageAsync(address) is { } page && page.Contains(text, StringComparison.Ordinal))
                return page;
            await Task.Delay(100, Cancellation);
        }

        throw new TimeoutException($"{address} never has {text}:\n{await PageAsync(address)}");
    }

    /// <summary>Sends a block as the page's script does.</summary>
    public async Task<(HttpStatusCode Status, string Code)> PutAsync(string center, string name, object number, byte[] block, string? digest = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/centers/{center}/uploads/{name}/blocks/{number}") { Content = new ByteArrayContent(block) };
        if (digest is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Digest", digest.Length > 0 ? digest : $"sha-256=:{DigestOf(block)}:");
        return await SendAsync(request) is var (status, body) ? (status, CodeIn(body)) : default;
    }

    /// <summary>Closes an upload. Returns where its study is, or why not.</summary>
    public async Task<(HttpStatusCode Status, string Says)> CloseAsync(string center, string name, params byte[][] blocks)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/centers/{center}/uploads/{name}")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { blocks = blocks.Select(DigestOf) }), Encoding.UTF8, "application/json"),
        };
        var (status, body) = await SendAsync(request);
        return (status, status == HttpStatusCode.OK ? JsonDocument.Parse(body).RootElement.GetProperty("location").GetString()! : CodeIn(body));
    }

    public static string NewName() => $"console-{Guid.NewGuid():N}.zip";

    private static string DigestOf(byte[] block) => Convert.ToBase64String(SHA256.HashData(block));

    private static string CodeIn(string body) => body.Length == 0 ? "" : JsonDocument.Parse(body).RootElement.GetProperty("code").GetString()!;

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        _token ??= Token().Match(await _http.GetStringAsync("/centers/A/studies", Cancellation)).Groups[1].Value;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Add("RequestVerificationToken", _token);
        using var response = await _http.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("<meta name=\"antiforgery\" content=\"([^\"]+)\"")]
    private static partial Regex Token();
}
