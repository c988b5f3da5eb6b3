using System.Net;
using System.Text.RegularExpressions;
using Functions.Tests.Access;

namespace Functions.Tests.Sessions;

/// <summary>As a browser: it keeps cookies, and follows a redirect only when it is told to.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseProxy = false };
    private readonly HttpClient _http;

    public Browser(Uri address) => _http = new HttpClient(_handler) { BaseAddress = address };

    /// <summary>Its cookies.</summary>
    public CookieContainer Cookies => _handler.CookieContainer;

    /// <summary>The cookies that go with a request to the console, as a header has them.</summary>
    public string CookieHeader => Cookies.GetCookieHeader(_http.BaseAddress!);

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for a page.</summary>
    public Task<Answer> GetAsync(string address, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, address, null, headers);

    /// <summary>Sends a form.</summary>
    public Task<Answer> PostAsync(string address, Dictionary<string, string> form, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, address, new FormUrlEncodedContent(form), headers);

    public async Task<Answer> SendAsync(HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>The token that a page has for its forms.</summary>
    public async Task<string> TokenAsync(string page = "/signin") => TokenOf((await GetAsync(page)).Body);

    /// <summary>Signs in with a key, as the page's form does.</summary>
    public async Task<Answer> SignInAsync(string key, string? returnTo = null) => await PostAsync("/signin/key", new()
    {
        ["RequestVerificationToken"] = await TokenAsync(),
        ["key"] = key,
        ["return"] = returnTo ?? "/",
    });

    /// <summary>The token in a page.</summary>
    public static string TokenOf(string page) => Token().Match(page) is { Success: true } found ? found.Groups[1].Value : throw new InvalidDataException($"No token in {page}");

    [GeneratedRegex("<meta name=\"antiforgery\" content=\"([^\"]+)\"")]
    private static partial Regex Token();
}
