using System.Text.RegularExpressions;
using System.Web;
using Functions.Tests.Access;

namespace Functions.Tests.Sessions;

/// <summary>Sessions of people who sign in at their organisation's issuer: authorization code with PKCE, over HTTP through host and worker, two instances of both.</summary>
public sealed class AccountSessionTests : IClassFixture<AccountApp>
{
    private readonly AccountApp _app;

    public AccountSessionTests(AccountApp app)
    {
        _app = app;
        app.Issuer.Reset();
    }

    [Fact]
    public async Task Somebody_signs_in_at_the_issuer_and_is_where_they_wanted_to_go_and_is_signed_out_at_both()
    {
        using var browser = new Browser(_app.Urls[0]);

        var page = await browser.GetAsync("/signin?return=%2Fcenters%2FA%2Fstudies%3Fpart%3Drows");
        var (back, last) = await WalkAsync(browser, "/centers/A/studies?part=rows");
        var home = await browser.GetAsync("/");
        var signedOut = await browser.PostAsync("/signout", new() { ["RequestVerificationToken"] = await TokenAsync(browser) });
        var after = await browser.GetAsync("/");

        Assert.Contains("href=\"/signin/oidc?return=%2Fcenters%2FA%2Fstudies%3Fpart%3Drows\"", page.Body, StringComparison.Ordinal);
        Assert.StartsWith($"{_app.Urls[0]}signin/callback?code=", back, StringComparison.Ordinal);
        Assert.Equal((302, "/centers/A/studies?part=rows"), (last.Status, last.Header("Location")));
        Assert.Null(_app.Issuer.Refusal);
        Assert.Equal((303, "/centers/A/studies"), (home.Status, home.Header("Location")));
        Assert.Equal(200, signedOut.Status);
        var there = new Uri(HttpUtility.HtmlDecode(Regex.Match(signedOut.Body, "<meta http-equiv=\"refresh\" content=\"0; url=([^\"]+)\"").Groups[1].Value));
        var said = HttpUtility.ParseQueryString(there.Query);
        Assert.Equal($"{_app.Issuer.Address}/logout", there.GetLeftPart(UriPartial.Path));
        Assert.Equal((StandInIssuer.Client, $"{_app.Urls[0]}signin"), (said["client_id"], said["post_logout_redirect_uri"]));
        Assert.DoesNotContain("action=\"/signout\"", signedOut.Body, StringComparison.Ordinal);
        Assert.Equal("/signin", after.Header("Location"));
    }

    [Fact]
    public async Task The_audit_of_each_center_where_somebody_may_something_knows_them_by_what_the_issuer_calls_them()
    {
        _app.Issuer.Roles = ["Center.A.Read", "Center.B.Submit", "Center.nowhere.Read"];
        _app.Issuer.Lie = token => token.Claims["sub"] = "the-auditors-subject";
        using var browser = new Browser(_app.Urls[0]);
        await WalkAsync(browser);

        var known = (await _app.SessionsAsync()).Where(session => session.Actor == "token:the-auditors-subject");

        Assert.Equal([("A", "signed-in"), ("B", "signed-in")], known.Select(session => (session.Center, session.Action)).Order());
    }

    [Fact]
    public async Task Who_may_everything_is_in_the_trail_of_no_center()
    {
        _app.Issuer.Roles = ["Admin"];
        _app.Issuer.Lie = token => token.Claims["sub"] = "the-admins-subject";
        using var browser = new Browser(_app.Urls[0]);
        await WalkAsync(browser);

        Assert.Equal([("_system", "signed-in")], (await _app.SessionsAsync()).Where(session => session.Actor == "token:the-admins-subject").Select(session => (session.Center, session.Action)));
        Assert.Equal("/centers/A/studies", (await browser.GetAsync("/")).Header("Location"));
    }

    [Fact]
    public async Task Who_may_everything_reaches_every_page_of_every_center()
    {
        _app.Issuer.Roles = ["Admin"];
        using var browser = new Browser(_app.Urls[0]);
        await WalkAsync(browser);
        var token = await TokenAsync(browser);
        foreach (var function in HttpFunction.All.Where(function => function is { NamesCenter: true, Rule.IsPage: true }))
        {
            foreach (var center in new[] { "A", "B" })
            {
                var answer = await browser.SendAsync(new HttpMethod(function.Method), function.At(center), null, ("RequestVerificationToken", token));
                Assert.True(answer.Reached && answer.Header("Location")?.StartsWith("/signin", StringComparison.Ordinal) is not true, $"An admin doesn't reach {function.Name} at {center}: {answer}");
            }
        }
    }

    [Fact]
    public async Task Who_has_no_role_is_told_so_on_a_page()
    {
        _app.Issuer.Roles = [];
        using var browser = new Browser(_app.Urls[0]);

        var (_, last) = await WalkAsync(browser);
        var home = await browser.GetAsync("/");

        Assert.Equal(302, last.Status);
        Assert.Equal(200, home.Status);
        Assert.Contains("have no right at any center", home.Body, StringComparison.Ordinal);
        Assert.Contains("Dr. Example", home.Body, StringComparison.Ordinal);
        Assert.Contains("action=\"/signout\"", home.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_instance_begins_another_ends()
    {
        using var browser = new Browser(_app.Urls[0]);
        var first = await browser.GetAsync("/signin/oidc");
        using var issuer = new Browser(new Uri(_app.Issuer.Address));
        var back = (await issuer.GetAsync(first.Header("Location")!)).Header("Location")!;

        // To the other instance, by the same name as far as the browser knows.
        var last = await browser.GetAsync($"{_app.Urls[1]}{back[$"{_app.Urls[0]}".Length..]}");
        var there = await browser.GetAsync($"{_app.Urls[1]}");
        var here = await browser.GetAsync("/");

        Assert.Equal((302, "/"), (last.Status, last.Header("Location")));
        Assert.Equal("/centers/A/studies", there.Header("Location"));
        Assert.Equal("/centers/A/studies", here.Header("Location"));
    }

    [Fact]
    public async Task The_issuer_is_given_the_address_that_is_set_and_never_one_that_a_request_names()
    {
        using var browser = new Browser(_app.Urls[1]);
        foreach (var headers in new (string, string)[][] { [], [("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https")], [("Host", $"localhost:{_app.Urls[1].Port}")] })
        {
            var asked = HttpUtility.ParseQueryString(new Uri((await browser.GetAsync("/signin/oidc", headers)).Header("Location")!).Query);
            Assert.Equal($"{_app.Urls[0]}signin/callback", asked["redirect_uri"]);
        }
    }

    [Fact]
    public async Task Steps_of_signing_in_have_cookies_that_no_script_sees_and_no_other_page_gets()
    {
        using var browser = new Browser(_app.Urls[0]);
        var cookies = (await browser.GetAsync("/signin/oidc")).Header("Set-Cookie")!.Split(",.AspNetCore.");

        Assert.Equal(2, cookies.Length);
        Assert.All(cookies, cookie => Assert.Contains("; path=/signin/callback; samesite=lax; httponly", cookie, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    public async Task Whatever_a_link_says_people_come_back_to_this_service(string address)
    {
        using var browser = new Browser(_app.Urls[0]);
        var (_, last) = await WalkAsync(browser, address);
        Assert.Equal((302, "/"), (last.Status, last.Header("Location")));
    }

    [Fact]
    public async Task An_answer_that_is_not_to_what_this_browser_asked_signs_nobody_in()
    {
        foreach (var (what, change) in new (string, Func<Browser, string, Task<(Browser, string)>>)[]
        {
            ("another state", (browser, back) => Task.FromResult((browser, back[..^8] + "AAAAAAAA"))),
            ("no state", (browser, back) => Task.FromResult((browser, back[..back.IndexOf("&state=", StringComparison.Ordinal)]))),
            ("another's state", async (browser, back) =>
            {
                using var other = new Browser(_app.Urls[0]);
                using var issuer = new Browser(new Uri(_app.Issuer.Address));
                return (browser, (await issuer.GetAsync((await other.GetAsync("/signin/oidc")).Header("Location")!)).Header("Location")!);
            }),
            ("another browser", (_, back) => Task.FromResult((new Browser(_app.Urls[0]), back))),
            ("another code", (browser, back) => Task.FromResult((browser, back.Replace("code=", "code=00", StringComparison.Ordinal)))),
            ("nothing", (browser, _) => Task.FromResult((browser, $"{_app.Urls[0]}signin/callback"))),
        })
        {
            var browser = new Browser(_app.Urls[0]);
            using var issuer = new Browser(new Uri(_app.Issuer.Address));
            var back = (await issuer.GetAsync((await browser.GetAsync("/signin/oidc")).Header("Location")!)).Header("Location")!;
            var (used, address) = await change(browser, back);
            await RefusedAsync(used, await used.GetAsync(address), what);
            used.Dispose();
            browser.Dispose();
        }
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        using var browser = new Browser(_app.Urls[0]);
        using var thief = new Browser(_app.Urls[0]);
        using var issuer = new Browser(new Uri(_app.Issuer.Address));
        var back = (await issuer.GetAsync((await browser.GetAsync("/signin/oidc")).Header("Location")!)).Header("Location")!;
        thief.Cookies.Add(browser.Cookies.GetAllCookies());

        var last = await browser.GetAsync(back);

        Assert.Equal((302, "/"), (last.Status, last.Header("Location")));
        await RefusedAsync(thief, await thief.GetAsync(back), "a code again");
    }

    /// <summary>What the issuer says in the token that isn't as it must be.</summary>
    [Theory]
    [InlineData("nonce")]
    [InlineData("no nonce")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("over")]
    [InlineData("key")]
    [InlineData("unsigned")]
    [InlineData("nobody")]
    public async Task A_token_that_is_not_what_was_asked_for_signs_nobody_in(string what)
    {
        using var strangers = new TokenIssuer(_app.Issuer.Address, StandInIssuer.Client);
        using var key = System.Security.Cryptography.RSA.Create(2048);
        _app.Issuer.Lie = token =>
        {
            switch (what)
            {
                case "nonce": token.Claims["nonce"] = "another"; break;
                case "no nonce": token.Claims.Remove("nonce"); break;
                case "issuer": token.Issuer = "https://issuer.example/"; break;
                case "audience": token.Audience = "00000000-0000-0000-0000-0000000000a2"; break;
                case "over": (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddMinutes(-10)); break;
                case "key": token.SigningCredentials = new(new Microsoft.IdentityModel.Tokens.RsaSecurityKey(key) { KeyId = "k1" }, Microsoft.IdentityModel.Tokens.SecurityAlgorithms.RsaSha256); break;
                case "unsigned": token.SigningCredentials = null; break;
                default: token.Claims.Remove("sub"); break;
            }
        };
        using var browser = new Browser(_app.Urls[0]);

        var (_, last) = await WalkAsync(browser);

        await RefusedAsync(browser, last, what);
        Assert.Contains("A caller was refused who came with credentials of the kind Account", _app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_has_ended_signs_nobody_in()
    {
        _app.Issuer.CodesAreOver = true;
        using var browser = new Browser(_app.Urls[0]);

        var (_, last) = await WalkAsync(browser);

        await RefusedAsync(browser, last, "an ended code");
        Assert.Equal("a code that doesn't hold", _app.Issuer.Refusal);
    }

    [Fact]
    public async Task Who_turns_back_at_the_issuer_is_told_so()
    {
        _app.Issuer.Denies = true;
        using var browser = new Browser(_app.Urls[0]);

        var (_, last) = await WalkAsync(browser);
        var page = await browser.GetAsync(last.Header("Location")!);

        Assert.Equal((302, "/signin?problem=Cancelled"), (last.Status, last.Header("Location")));
        Assert.Contains("You turned back", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_code_no_token_no_secret_and_nobodys_name_is_in_the_log()
    {
        using var browser = new Browser(_app.Urls[0]);
        var (back, _) = await WalkAsync(browser);
        _app.Issuer.Denies = true;
        await WalkAsync(browser);
        (_app.Issuer.Denies, _app.Issuer.CodesAreOver) = (false, true);
        await WalkAsync(browser);

        Assert.DoesNotContain(HttpUtility.ParseQueryString(new Uri(back).Query)["code"]!, _app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(StandInIssuer.Secret, _app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", _app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Dr. Example", _app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(StandInIssuer.Person, _app.Log, StringComparison.Ordinal);
    }

    // Through the issuer and back. Returns the address that it sent the browser to, and what came of that.
    private async Task<(string Back, Answer Last)> WalkAsync(Browser browser, string? returnTo = null)
    {
        var first = await browser.GetAsync(returnTo is null ? "/signin/oidc" : $"/signin/oidc?return={Uri.EscapeDataString(returnTo)}");
        Assert.Equal(302, first.Status);
        using var issuer = new Browser(new Uri(_app.Issuer.Address));
        var back = (await issuer.GetAsync(first.Header("Location")!)).Header("Location") ?? throw new InvalidOperationException($"The issuer refuses: {_app.Issuer.Refusal}");
        return (back, await browser.GetAsync(back));
    }

    // The page that says what was missing has it.
    private static async Task<string> TokenAsync(Browser browser) => Browser.TokenOf((await browser.PostAsync("/signout", [])).Body);

    private static async Task RefusedAsync(Browser browser, Answer answer, string what)
    {
        Assert.True(answer is { Status: 302 } && answer.Header("Location") == "/signin?problem=Refused", $"{what}: {answer}");
        Assert.DoesNotContain("radiomics-session", browser.CookieHeader, StringComparison.Ordinal);
        Assert.Equal("/signin", (await browser.GetAsync("/")).Header("Location"));
    }
}
