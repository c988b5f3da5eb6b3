using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Net.Http.Headers;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Sessions;

namespace Functions.Tests.Sessions;

/// <summary>The services of one instance of the app, without a host, under a clock of its own; and what it makes of requests.</summary>
internal sealed class InstanceOfTheService : IAsyncDisposable
{
    public InstanceOfTheService(string storage, params string[] settings)
    {
        var all = settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], string? (pair) => pair[1]);
        all["RadiomicsStorage"] = storage;
        all["Radiomics:UidKey"] = all.GetValueOrDefault("Radiomics:UidKey") ?? Convert.ToBase64String(App.UidKeyBytes);
        all["Radiomics:Audit:KeyFile"] = TestAuditKey.File;
        if (all.Keys.Any(name => name.StartsWith("WEBSITE_", StringComparison.Ordinal)))
            all["Radiomics:Audit:Key"] = "https://x.vault.azure.net/keys/audit";
        Services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock).AddApp(new ConfigurationBuilder().AddInMemoryCollection(all).Build()).BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    public ServiceProvider Services { get; }

    public ValueTask DisposeAsync() => Services.DisposeAsync();

    /// <summary>Runs something with a request of its own. What it sets as cookies is in <see cref="Sent.Cookies"/>.</summary>
    public async Task<Sent> SendAsync(Func<HttpContext, Task<IActionResult?>> run, string method = "GET", string cookies = "", params (string Name, string Value)[] headers)
    {
        await using var scope = Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Method = method;
        (http.Request.Scheme, http.Request.Host, http.Request.Path) = ("http", new HostString("asked.example"), "/centers/A/studies");
        http.Request.Headers.Cookie = cookies;
        foreach (var (name, value) in headers)
            http.Request.Headers[name] = value;
        var answer = await run(http);
        var set = SetCookieHeaderValue.ParseList([.. http.Response.Headers.SetCookie.OfType<string>()]);
        return new Sent(answer, http, string.Join("; ", set.Select(cookie => $"{cookie.Name}={cookie.Value}")), [.. set]);
    }

    /// <summary>What the gate makes of a request for a page of center A.</summary>
    public Task<Sent> AskAsync(RouteRule rule, string method = "GET", string cookies = "", params (string Name, string Value)[] headers) =>
        SendAsync(http => Services.GetRequiredService<PageGate>().RefuseAsync(http, rule, "A"), method, cookies, headers);

    /// <summary>Signs in with a key. Returns the cookies.</summary>
    public async Task<string> SignInAsync(string key) => (await SendAsync(async http =>
    {
        Assert.True(await Services.GetRequiredService<SessionDesk>().SignInAsync(http, key));
        return null;
    })).Cookies;

    /// <summary>A token for forms of whoever has some cookies. Returns it, and the cookies with its own.</summary>
    public async Task<(string Token, string Cookies)> TokenAsync(string cookies)
    {
        var token = "";
        var sent = await SendAsync(
            async http =>
            {
                await Services.GetRequiredService<PageGate>().RefuseAsync(http, RouteRule.OpenPage, null);
                token = Services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken!;
                return null;
            },
            cookies: cookies);
        return (token, string.Join("; ", new[] { cookies, sent.Cookies }.Where(part => part.Length > 0)));
    }

    /// <summary>What came of a request.</summary>
    internal sealed record Sent(IActionResult? Refusal, HttpContext Http, string Cookies, IReadOnlyList<SetCookieHeaderValue> Set)
    {
        /// <summary>200 where the function would have been reached.</summary>
        public int Status => Refusal switch
        {
            null => 200,
            ContentResult content => content.StatusCode!.Value,
            StatusCodeResult status => status.StatusCode,
            _ => throw new InvalidOperationException($"{Refusal}"),
        };

        public string Body => Refusal is ContentResult content ? content.Content! : "";

        public string? Location => Http.Response.Headers.Location;

        public Caller? Caller => Http.Features.Get<Caller>();
    }
}
