using System.Text.RegularExpressions;
using Functions.Tests.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Sessions;

namespace Functions.Tests.Sessions;

/// <summary>The gate before pages: every kind of rule × every kind of caller, before any function is there.</summary>
public sealed class PageGateTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Issuer = "https://login.microsoftonline.com/00000000-0000-0000-0000-0000000000f1/v2.0";

    private static readonly RouteRule s_shows = RouteRule.Shows("prediction", "id");

    public async ValueTask InitializeAsync() => await new BlobStore(azurite.Blobs).EnsureContainersAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Whoever_has_no_session_is_sent_to_sign_in_with_the_address_and_a_script_or_a_change_is_refused()
    {
        await using var service = new InstanceOfTheService(azurite.ConnectionString);

        var page = await service.AskAsync(s_shows);
        var head = await service.AskAsync(s_shows, "HEAD");
        var script = await service.AskAsync(s_shows, headers: ("Accept", "application/json"));

        Assert.Equal((303, "/signin?return=%2Fcenters%2FA%2Fstudies"), (page.Status, page.Location));
        Assert.Equal(303, head.Status);
        Assert.Equal(401, script.Status);
        Assert.Contains("\"SignInNeeded\"", script.Body, StringComparison.Ordinal);
        foreach (var method in new[] { "POST", "PUT", "DELETE", "PATCH" })
        {
            var change = await service.AskAsync(RouteRule.Changes(Right.Submit), method);
            Assert.Equal(401, change.Status);
            Assert.Contains("SignInNeeded", change.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tokens_and_keys_of_the_API_open_no_page()
    {
        using var issuer = new TokenIssuer(Issuer, TokenIssuer.Audience);
        await using var service = new InstanceOfTheService(
            azurite.ConnectionString, $"Radiomics:Auth:Issuer={Issuer}", $"Radiomics:Auth:Audience={TokenIssuer.Audience}", $"Radiomics:Auth:SigningKeys={issuer.KeySet}");
        var (key, _) = await service.Services.GetRequiredService<ApiKeyStore>().AddAsync("A", Enum.GetValues<Right>(), "tests", null, "tests");

        var token = await service.AskAsync(s_shows, headers: ("Authorization", $"Bearer {issuer.Token("Admin")}"));
        var apiKey = await service.AskAsync(s_shows, headers: ("X-Api-Key", key.Reveal()));

        Assert.Equal((303, 303), (token.Status, apiKey.Status));
    }

    [Fact]
    public async Task Each_right_opens_what_asks_for_it_and_nothing_else()
    {
        await using var service = new InstanceOfTheService(azurite.ConnectionString);
        var keys = service.Services.GetRequiredService<ApiKeyStore>();
        foreach (var held in Enum.GetValues<Right>())
        {
            var (key, record) = await keys.AddAsync("A", [held], "tests", null, "tests");
            var (token, cookies) = await service.TokenAsync(await service.SignInAsync(key.Reveal()));
            var shown = await service.AskAsync(s_shows, cookies: cookies);
            Assert.Equal(held == Right.Read ? 200 : 403, shown.Status);
            Assert.Equal($"key:{record.Id}", shown.Caller?.Name);
            foreach (var asked in Enum.GetValues<Right>())
            {
                var changed = await service.AskAsync(RouteRule.Changes(asked), "POST", cookies, ("RequestVerificationToken", token));
                Assert.Equal(held == asked ? 200 : 403, changed.Status);
                if (held != asked)
                    Assert.Contains("<p class=\"code\">RightMissing</p>", changed.Body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Somebody_elses_center_and_one_that_is_not_there_are_pages_alike()
    {
        await using var service = new InstanceOfTheService(azurite.ConnectionString);
        var (key, _) = await service.Services.GetRequiredService<ApiKeyStore>().AddAsync("B", Enum.GetValues<Right>(), "tests", null, "tests");
        var cookies = await service.SignInAsync(key.Reveal());

        List<(int Status, string Body)> pages = [];
        foreach (var center in new[] { "A", "Z", null })
        {
            var page = await service.SendAsync(http => service.Services.GetRequiredService<PageGate>().RefuseAsync(http, s_shows, center), cookies: cookies);
            // But for the token, which is another each time.
            pages.Add((page.Status, Regex.Replace(page.Body, "(content|value)=\"CfDJ8[^\"]+\"", "")));
        }

        Assert.Equal(404, pages[0].Status);
        Assert.Contains("<p class=\"code\">UnknownCenter</p>", pages[0].Body, StringComparison.Ordinal);
        Assert.Single(pages.Distinct());
    }

    [Fact]
    public async Task Whatever_changes_something_shows_a_token_by_every_method_and_also_where_nobody_is_asked_who_they_are()
    {
        await using var closed = new InstanceOfTheService(azurite.ConnectionString);
        await using var open = new InstanceOfTheService(azurite.ConnectionString, "Radiomics:Auth:Required=false");
        var (key, _) = await closed.Services.GetRequiredService<ApiKeyStore>().AddAsync("A", [Right.Submit], "tests", null, "tests");
        foreach (var (service, signedIn) in new[] { (closed, await closed.SignInAsync(key.Reveal())), (open, "") })
        {
            var (token, cookies) = await service.TokenAsync(signedIn);
            foreach (var rule in new[] { RouteRule.Changes(Right.Submit), RouteRule.OpenPage })
            {
                foreach (var method in new[] { "POST", "PUT", "DELETE", "PATCH" })
                {
                    var without = await service.AskAsync(rule, method, cookies);
                    var withoutCookie = await service.AskAsync(rule, method, signedIn, ("RequestVerificationToken", token));
                    var with = await service.AskAsync(rule, method, cookies, ("RequestVerificationToken", token));
                    Assert.Equal((400, 400, 200), (without.Status, withoutCookie.Status, with.Status));
                    Assert.Contains("FormTokenInvalid", without.Body, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task Where_nobody_is_asked_who_they_are_everybody_is_the_local_caller()
    {
        await using var service = new InstanceOfTheService(azurite.ConnectionString, "Radiomics:Auth:Required=false");

        var page = await service.AskAsync(s_shows);

        Assert.Equal((200, Caller.Local), (page.Status, page.Caller));
    }

    [Fact]
    public async Task A_revoked_or_ended_key_ends_its_sessions()
    {
        await using var service = new InstanceOfTheService(azurite.ConnectionString);
        var keys = service.Services.GetRequiredService<ApiKeyStore>();
        var (revoked, record) = await keys.AddAsync("A", [Right.Read], "tests", null, "tests");
        var (ending, _) = await keys.AddAsync("A", [Right.Read], "tests", TimeSpan.FromMinutes(1), "tests");
        var (first, second) = (await service.SignInAsync(revoked.Reveal()), await service.SignInAsync(ending.Reveal()));

        await keys.RevokeAsync(record.Id, "tests");
        service.Clock.Advance(ApiKeyCache.Lifetime);
        var afterRevocation = (await service.AskAsync(s_shows, cookies: first), await service.AskAsync(s_shows, cookies: second));
        service.Clock.Advance(TimeSpan.FromSeconds(30));
        var afterEnd = await service.AskAsync(s_shows, cookies: second);

        Assert.Equal((303, 200), (afterRevocation.Item1.Status, afterRevocation.Item2.Status));
        Assert.Equal(303, afterEnd.Status);
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours_whatever_is_done_in_it()
    {
        await using var service = new InstanceOfTheService(azurite.ConnectionString);
        var (key, _) = await service.Services.GetRequiredService<ApiKeyStore>().AddAsync("A", [Right.Read], "tests", null, "tests");
        var cookies = await service.SignInAsync(key.Reveal());

        for (var hour = 0; hour < 8; hour++)
        {
            var page = await service.AskAsync(s_shows, cookies: cookies);
            Assert.Equal((200, 0), (page.Status, page.Set.Count));
            service.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(303, (await service.AskAsync(s_shows, cookies: cookies)).Status);
    }

    [Fact]
    public async Task Where_browsers_come_by_https_cookies_go_over_nothing_else_and_addresses_are_of_the_setting_not_of_the_request()
    {
        await using var service = new InstanceOfTheService(azurite.ConnectionString, "Radiomics:Auth:PublicUrl=https://radiomics.example.org:8443");
        var (key, _) = await service.Services.GetRequiredService<ApiKeyStore>().AddAsync("A", [Right.Read], "tests", null, "tests");

        var sent = await service.SendAsync(async http =>
        {
            await service.Services.GetRequiredService<PageGate>().RefuseAsync(http, RouteRule.OpenPage, null);
            Assert.True(await service.Services.GetRequiredService<SessionDesk>().SignInAsync(http, key.Reveal()));
            return null;
        });
        var (_, withToken) = await service.TokenAsync(sent.Cookies);
        var session = Assert.Single(sent.Set);

        Assert.Equal(("__Host-radiomics-session", true, true, "/"), (session.Name.Value, session.Secure, session.HttpOnly, session.Path.Value));
        Assert.False(session.Domain.HasValue);
        Assert.Contains("__Host-radiomics-forms=", withToken, StringComparison.Ordinal);
        Assert.Equal(("https", new HostString("radiomics.example.org", 8443)), (sent.Http.Request.Scheme, sent.Http.Request.Host));
        Assert.Equal("max-age=31536000", sent.Http.Response.Headers.StrictTransportSecurity);
    }

    [Fact]
    public async Task In_Azure_browsers_come_by_the_apps_own_name_unless_another_is_set()
    {
        string[] azure = ["WEBSITE_SITE_NAME=radiomics", "WEBSITE_HOSTNAME=radiomics.azurewebsites.net"];
        await using var plain = new InstanceOfTheService(azurite.ConnectionString, azure);
        await using var named = new InstanceOfTheService(azurite.ConnectionString, [.. azure, "Radiomics:Auth:PublicUrl=https://radiomics.example.org"]);

        Assert.Equal(new Uri("https://radiomics.azurewebsites.net/"), plain.Services.GetRequiredService<AuthOptions>().PublicUrl);
        Assert.Equal(new Uri("https://radiomics.example.org/"), named.Services.GetRequiredService<AuthOptions>().PublicUrl);
    }
}
