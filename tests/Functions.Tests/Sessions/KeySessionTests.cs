using System.Net;
using System.Text;
using Functions.Tests.Access;
using Radiomics.Pipeline;

namespace Functions.Tests.Sessions;

/// <summary>Sessions of people who sign in with an API key, over HTTP through host and worker.</summary>
public sealed class KeySessionTests(ClosedApp app) : IClassFixture<ClosedApp>
{
    // A page of the console that anybody gets, with a token for forms.
    private const string SomePage = "/signin/oidc";

    [Fact]
    public async Task Whoever_has_a_key_signs_in_and_comes_to_their_center_and_the_audit_knows()
    {
        var (key, id) = await app.NewKeyAsync("B", Right.Read, Right.Submit);
        using var browser = new Browser(app.Url);

        var home = await browser.GetAsync("/");
        var signedIn = await browser.SignInAsync(key);
        var again = await browser.GetAsync("/");
        var signInPage = await browser.GetAsync("/signin?return=/centers/B/models");
        var page = await browser.GetAsync(SomePage);
        var signedOut = await browser.PostAsync("/signout", new() { ["RequestVerificationToken"] = Browser.TokenOf(page.Body) });
        var after = await browser.GetAsync("/");

        Assert.Equal((303, "/signin"), (home.Status, home.Header("Location")));
        Assert.Equal((303, "/"), (signedIn.Status, signedIn.Header("Location")));
        Assert.Equal((303, "/centers/B/studies"), (again.Status, again.Header("Location")));
        Assert.Equal((303, "/centers/B/models"), (signInPage.Status, signInPage.Header("Location")));
        // The label of the key, and a way out.
        Assert.Contains("<span class=\"caller\">tests</span>", page.Body, StringComparison.Ordinal);
        Assert.Contains("action=\"/signout\"", page.Body, StringComparison.Ordinal);
        Assert.Equal((303, "/signin"), (signedOut.Status, signedOut.Header("Location")));
        Assert.Equal((303, "/signin"), (after.Status, after.Header("Location")));
        var events = (await app.EventsAsync("B")).Where(e => (string?)e["actor"] == $"key:{id}").ToList();
        Assert.Equal(["signed-in", "signed-out"], events.Select(e => (string?)e["action"]));
        Assert.Single(events.Select(e => (string?)e["subjects"]!["session"]).Distinct());
    }

    [Fact]
    public async Task No_script_sees_the_cookie_no_other_sites_form_brings_it_and_it_is_gone_with_the_browser()
    {
        using var browser = new Browser(app.Url);
        var signedIn = await browser.SignInAsync((await app.NewKeyAsync("A", Right.Read)).Text);

        var cookie = signedIn.Header("Set-Cookie")!;
        Assert.StartsWith("radiomics-session=", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_opens_nothing_of_the_API()
    {
        using var browser = new Browser(app.Url);
        await browser.SignInAsync((await app.NewKeyAsync("A", Enum.GetValues<Right>())).Text);
        foreach (var function in HttpFunction.All.Where(function => function is { NamesCenter: true, Rule.IsPage: false }))
        {
            var answer = await app.SendAsync(function.Method, function.At("A"), new Credentials("a browser", ("Cookie", browser.CookieHeader)));
            Assert.True(answer is { Status: 401, Code: "CredentialsMissing" }, $"{function.Name} takes a cookie: {answer}");
        }
    }

    [Fact]
    public async Task Beside_a_key_the_cookie_counts_for_nothing()
    {
        using var browser = new Browser(app.Url);
        await browser.SignInAsync((await app.NewKeyAsync("A", Enum.GetValues<Right>())).Text);
        var (other, _) = await app.NewKeyAsync("B", Right.Read);

        var answer = await app.SendAsync("GET", "/api/centers/A/models/3.0T", new Credentials("both", ("Cookie", browser.CookieHeader), ("X-Api-Key", other)));

        Assert.Equal((404, "UnknownCenter"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_key_that_is_none_says_so_on_the_page_and_is_written_down_nowhere()
    {
        var (revoked, id) = await app.NewKeyAsync("A", Right.Read);
        await app.Keys.RevokeAsync(id, "tests");
        var (good, _) = await app.NewKeyAsync("A", Right.Read);
        var unknown = ApiKey.Create().Reveal();
        foreach (var key in new[] { revoked, unknown, "", "x", $"{good[..27]}{ApiKey.Create().Secret}" })
        {
            using var browser = new Browser(app.Url);
            var refused = await browser.SignInAsync(key, "/centers/A/studies");
            Assert.Equal((303, "/signin?problem=KeyUnknown&return=%2Fcenters%2FA%2Fstudies"), (refused.Status, refused.Header("Location")));
            Assert.DoesNotContain("radiomics-session", browser.CookieHeader, StringComparison.Ordinal);
            var page = await browser.GetAsync(refused.Header("Location")!);
            Assert.Contains("This key is unknown, was revoked, or has ended.", page.Body, StringComparison.Ordinal);
            Assert.Contains("value=\"/centers/A/studies\"", page.Body, StringComparison.Ordinal);
        }

        Assert.Contains("A caller was refused who came with credentials of the kind ApiKey: of a form.", app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(unknown[^20..], app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(good[^20..], app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_an_address_signs_nobody_in()
    {
        var (key, _) = await app.NewKeyAsync("A", Right.Read);
        using var browser = new Browser(app.Url);

        var answer = await browser.PostAsync($"/signin/key?key={key}", new() { ["RequestVerificationToken"] = await browser.TokenAsync() });

        Assert.Contains("problem=KeyUnknown", answer.Header("Location"), StringComparison.Ordinal);
    }

    /// <summary>Addresses that a browser would take for another host's, or that aren't any.</summary>
    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("/\n/evil.example/")]
    [InlineData("\t//evil.example/")]
    [InlineData("/a\\..\\\\evil.example")]
    [InlineData(" /")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/ü")]
    [InlineData("/a\r\nSet-Cookie: a=b")]
    public async Task Whatever_a_link_says_people_go_on_at_this_service(string address)
    {
        var (key, _) = await app.NewKeyAsync("A", Right.Read);
        using var browser = new Browser(app.Url);

        var page = await browser.GetAsync($"/signin?return={Uri.EscapeDataString(address)}");
        var signedIn = await browser.SignInAsync(key, address);
        var there = await browser.GetAsync($"/signin?return={Uri.EscapeDataString(address)}");

        Assert.Contains("name=\"return\" value=\"/\"", page.Body, StringComparison.Ordinal);
        Assert.Equal((303, "/"), (signedIn.Status, signedIn.Header("Location")));
        Assert.Equal((303, "/"), (there.Status, there.Header("Location")));
    }

    [Fact]
    public async Task A_form_without_a_token_of_its_own_session_changes_nothing()
    {
        var (key, _) = await app.NewKeyAsync("A", Right.Read);
        using var browser = new Browser(app.Url);
        using var other = new Browser(app.Url);
        await other.SignInAsync((await app.NewKeyAsync("A", Right.Read)).Text);
        var strangers = await browser.TokenAsync();
        await browser.SignInAsync(key);
        var others = await other.TokenAsync(SomePage);
        var own = await browser.TokenAsync(SomePage);

        foreach (var (whose, form, header) in new (string, string?, string?)[]
        {
            ("nobody's", null, null),
            ("none", "x", null),
            ("a changed one", own[..^4] + "AAAA", null),
            ("one from before the sign-in", strangers, null),
            ("another's", others, null),
            ("nobody's in the header", null, ""),
            ("another's in the header", null, others),
            // The header counts, if there is one.
            ("another's in the header, our own in the form", own, others),
        })
        {
            var answer = await browser.PostAsync("/signout", form is null ? [] : new() { ["RequestVerificationToken"] = form }, header is null ? [] : [("RequestVerificationToken", header)]);
            Assert.True(answer is { Status: 400, Code: "FormTokenInvalid" }, $"{whose} passes: {answer}");
            Assert.Equal("/centers/A/studies", (await browser.GetAsync("/")).Header("Location"));
        }

        var json = await browser.PostAsync("/signout", [], ("Accept", "application/json"));
        Assert.Equal((400, "FormTokenInvalid", "application/problem+json; charset=utf-8"), (json.Status, json.Code, json.Header("Content-Type")));
        var right = await browser.PostAsync("/signout", [], ("RequestVerificationToken", own));
        Assert.Equal(303, right.Status);
    }

    [Fact]
    public async Task No_body_is_read_for_a_token_but_a_small_form()
    {
        using var browser = new Browser(app.Url);
        var token = await browser.TokenAsync();
        var large = new string('x', 2 << 20);

        var form = await browser.PostAsync("/signin/key", new() { ["RequestVerificationToken"] = token, ["key"] = large });
        var endless = await browser.SendAsync(HttpMethod.Post, "/signin/key", new OfNoLength($"RequestVerificationToken={Uri.EscapeDataString(token)}"));
        var other = await browser.SendAsync(HttpMethod.Post, "/signin/key", new StringContent($"{{\"RequestVerificationToken\": \"{token}\"}}", Encoding.UTF8, "application/json"));

        Assert.Equal((400, "FormTokenInvalid"), (form.Status, form.Code));
        Assert.Equal((400, "FormTokenInvalid"), (endless.Status, endless.Code));
        Assert.Equal((400, "FormTokenInvalid"), (other.Status, other.Code));
    }

    [Fact]
    public async Task Every_answer_of_the_console_says_what_a_browser_may_do_with_it()
    {
        using var browser = new Browser(app.Url);
        foreach (var function in HttpFunction.All.Where(function => function.Rule.IsPage))
        {
            var answer = await browser.SendAsync(new HttpMethod(function.Method), function.At("A"), null);
            Assert.True(answer.Status < 500, $"{function.Name}: {answer}");
            Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
            Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
            Assert.Contains("camera=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
            Assert.NotNull(answer.Header("Cache-Control"));
            // Only where there is https.
            Assert.Null(answer.Header("Strict-Transport-Security"));
        }
    }

    [Fact]
    public async Task A_page_is_kept_in_no_cache()
    {
        using var browser = new Browser(app.Url);
        foreach (var address in new[] { "/signin", SomePage, "/" })
            Assert.Contains("no-store", (await browser.GetAsync(address)).Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_that_nobody_has_made_is_nobodys()
    {
        using var browser = new Browser(app.Url);
        await browser.SignInAsync((await app.NewKeyAsync("A", Right.Read)).Text);
        var good = browser.Cookies.GetCookies(app.Url)["radiomics-session"]!.Value;
        foreach (var value in new[] { "x", good[..^8] + "AAAAAAAA", $"{good}A", "CfDJ8AAA" })
        {
            using var forger = new Browser(app.Url);
            forger.Cookies.Add(app.Url, new Cookie("radiomics-session", value));
            Assert.Equal("/signin", (await forger.GetAsync("/")).Header("Location"));
        }
    }

    /// <summary>A form that doesn't say how long it is.</summary>
    private sealed class OfNoLength : HttpContent
    {
        private readonly byte[] _form;

        public OfNoLength(string form)
        {
            _form = Encoding.ASCII.GetBytes(form);
            Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_form).AsTask();

        protected override bool TryComputeLength(out long length) => (length = -1) > 0;
    }
}
