using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>What holds for every page: nothing from elsewhere, no error, readable by everybody, on a phone, in the dark.</summary>
[Collection(nameof(OpenCollection))]
public sealed class PageTests(OpenService service, Chromium chromium)
{
    private const int PhoneWidth = 390;

    public static TheoryData<string> Names => [.. ConsolePages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_loads_without_an_error_and_nothing_from_another_host(string name)
    {
        await using var visit = await ShowAsync(name);
        await Screens.TakeAsync(visit.Page, name, "light");

        // The browser says itself that a page which isn't there isn't there.
        Assert.DoesNotContain(visit.Faults, fault => name != "problem" || !fault.StartsWith("Failed to load resource: the server responded with a status of 404", StringComparison.Ordinal));
        Assert.NotEmpty(await visit.Page.TitleAsync());
        Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Axe_finds_nothing_serious_in_the_light(string name) => await LookAsync(name, dark: false);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Axe_finds_nothing_serious_in_the_dark(string name) => await LookAsync(name, dark: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_has_to_be_scrolled_sideways_on_a_phone(string name)
    {
        await using var visit = await ShowAsync(name, width: PhoneWidth, measured: true);
        await Screens.TakeAsync(visit.Page, name, "390");

        var wide = await visit.Page.EvaluateAsync<string[]>(
            "width => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > width + 1).map(one => `${one.tagName} ${one.id} ${one.className}: ${one.textContent.trim().slice(0, 60)}`)",
            PhoneWidth);
        Assert.Empty(wide);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_can_be_printed(string name)
    {
        await using var visit = await ShowAsync(name);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Screens.TakeAsync(visit.Page, name, "print");

        // What only helps on a screen isn't on paper.
        Assert.False(await visit.Page.Locator("header nav").First.IsVisibleAsync());
    }

    [Fact]
    public async Task The_list_of_studies_weighs_no_more_than_200_kB()
    {
        Chromium.Require();
        await service.StudyAsync();
        await service.FailedAsync();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync("/centers/A/studies");
        await visit.Page.WaitForTimeoutAsync(500);

        var bytes = await visit.BytesAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"The list of studies weighs {bytes / 1000.0:F0} kB.");
        Assert.InRange(bytes, 1, 200_000);
    }

    [Fact]
    public async Task From_the_address_that_the_demo_opens_a_report_is_three_clicks_away()
    {
        Chromium.Require();
        var study = await service.StudyAsync();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync("/");
        await visit.Page.Locator($"#a-{study.Id}").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open the report" }).ClickAsync();

        await Assertions.Expect(visit.Page.FrameLocator("iframe#report").Locator("body")).ToContainTextAsync("Of 100 such patients");
        visit.IsClean();
    }

    [Fact]
    public async Task The_center_is_switched_in_the_header()
    {
        Chromium.Require();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync("/centers/A/models");
        await visit.Page.Locator("details.switch summary").ClickAsync();
        await visit.Page.Locator("details.switch").GetByRole(AriaRole.Link, new() { Name = "B", Exact = true }).ClickAsync();

        await visit.Page.WaitForURLAsync("**/centers/B/studies");
        await Assertions.Expect(visit.Page.Locator("details.switch summary")).ToContainTextAsync("Center B");
        visit.IsClean();
    }

    private async Task LookAsync(string name, bool dark)
    {
        await using var visit = await ShowAsync(name, dark, measured: true);
        if (dark)
            await Screens.TakeAsync(visit.Page, name, "dark");

        await Axe.FindsNothingSeriousAsync(visit);
    }

    private async Task<Visit> ShowAsync(string name, bool dark = false, int width = 1280, bool measured = false)
    {
        Chromium.Require();
        var address = await ConsolePages.AddressAsync(name, service);
        var visit = await Visit.StartAsync(chromium, service.Url, dark, width, measured);
        await visit.GoAsync(address);
        if (await visit.Page.Locator("#images").CountAsync() > 0)
        {
            await visit.Page.Locator("#images").ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(visit.Page.Locator("figure[data-state=drawn]:visible")).ToHaveCountAsync(1);
            await visit.Page.EvaluateAsync("scrollTo(0, 0)");
        }

        return visit;
    }
}
