using Microsoft.Playwright;
using Radiomics.Pipeline;

namespace Browser.Tests;

/// <summary>Who is there, and what they may do.</summary>
[Collection(nameof(ClosedCollection))]
public sealed class SignInTests(ClosedService service, Chromium chromium)
{
    [Fact]
    public async Task Nobody_sees_a_page_before_signing_in_with_a_key_and_after_signing_out()
    {
        Chromium.Require();
        var (key, _) = await service.NewKeyAsync("A", Right.Read, Right.Submit);
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        var page = visit.Page;
        await visit.GoAsync("/centers/A/models");
        Assert.StartsWith("/signin?", new Uri(page.Url).PathAndQuery, StringComparison.Ordinal);
        await Screens.TakeAsync(page, "signin", "light");

        await SignInAsync(page, "radiomics_0123456789abcdef_" + new string('x', 43));
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("unknown, was revoked, or has ended");
        await SignInAsync(page, key);
        Assert.Equal("/centers/A/models", new Uri(page.Url).AbsolutePath);
        await Screens.TakeAsync(page, "models-signed-in", "light");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.GoAsync("/centers/A/models");
        Assert.StartsWith("/signin?", new Uri(page.Url).PathAndQuery, StringComparison.Ordinal);
        // The browser tells of the key that was refused.
        Assert.DoesNotContain(visit.Faults, fault => !fault.Contains("status of 401", StringComparison.Ordinal) && !fault.Contains("status of 400", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_to_sign_in_is_for_everybody_too(bool dark)
    {
        Chromium.Require();
        await using var visit = await Visit.StartAsync(chromium, service.Url, dark, width: 390, measured: true);
        await visit.GoAsync("/signin?problem=KeyUnknown");
        await Screens.TakeAsync(visit.Page, "signin", dark ? "390.dark" : "390");

        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"));
        await Axe.FindsNothingSeriousAsync(visit);
    }

    [Fact]
    public async Task A_session_ends_when_its_key_is_revoked()
    {
        Chromium.Require();
        var (key, id) = await service.NewKeyAsync("A", Right.Read);
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync("/");
        await SignInAsync(visit.Page, key);
        Assert.Equal("/centers/A/studies", new Uri(visit.Page.Url).AbsolutePath);

        await service.Keys.RevokeAsync(id, "tests");

        await service.UntilAsync<string>(
            async () =>
            {
                await visit.GoAsync("/centers/A/studies");
                return visit.Page.Url;
            },
            url => url.Contains("/signin", StringComparison.Ordinal),
            "The session");
    }

    [Fact]
    public async Task What_a_reader_may_not_do_is_not_shown_and_refused_all_the_same()
    {
        Chromium.Require();
        var (key, _) = await service.NewKeyAsync("A", Right.Read);
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        var page = visit.Page;
        await visit.GoAsync("/");
        await SignInAsync(page, key);

        Assert.Equal(0, await page.Locator("#upload").CountAsync());
        await visit.GoAsync("/centers/A/retrainings");
        Assert.Equal(0, await page.Locator("form[method=post]:not([action='/signout'])").CountAsync());
        foreach (var address in new[] { "/centers/A/models/3.0T/rollback", "/centers/A/retrainings", "/centers/A/cohorts" })
            Assert.Equal("403 RightMissing", await PostAsync(page, address, withToken: true));
        Assert.Equal("404 UnknownCenter", await PostAsync(page, "/centers/B/models/3.0T/rollback", withToken: true));
        // Another site has no token.
        Assert.Equal("400 FormTokenInvalid", await PostAsync(page, "/signout", withToken: false));

        var foreign = await visit.GoAsync("/centers/B/studies");
        Assert.Equal(404, foreign.Status);
    }

    [Fact]
    public async Task Each_right_shows_what_it_opens()
    {
        Chromium.Require();
        var (key, _) = await service.NewKeyAsync("A", Right.Read, Right.Submit, Right.Train, Right.Approve);
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync("/");
        await SignInAsync(visit.Page, key);

        Assert.Equal(1, await visit.Page.Locator("#upload").CountAsync());
        await visit.GoAsync("/centers/A/retrainings");
        Assert.True(await visit.Page.Locator("form[method=post]:not([action='/signout'])").CountAsync() > 0);
        visit.IsClean();
    }

    private static async Task SignInAsync(IPage page, string key)
    {
        await page.Locator("#key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with the key" }).ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    /// <summary>What the service says to a form that the page doesn't have: status and code.</summary>
    private static Task<string> PostAsync(IPage page, string address, bool withToken) => page.EvaluateAsync<string>(
        """
        async ([address, withToken]) => {
            const token = document.querySelector('meta[name="antiforgery"]').content;
            const body = new URLSearchParams({ name: 'Mallory', reason: 'because', approved: 'true' });
            const answer = await fetch(address, { method: 'POST', body, headers: { Accept: 'application/json', ...(withToken ? { RequestVerificationToken: token } : {}) } });
            return `${answer.status} ${(await answer.json()).code}`;
        }
        """,
        new object[] { address, withToken });
}
