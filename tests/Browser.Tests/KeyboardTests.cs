using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>Everything can be reached without a mouse, and one sees where one is.</summary>
[Collection(nameof(OpenCollection))]
public sealed class KeyboardTests(OpenService service, Chromium chromium)
{
    private const int MostTabs = 120;

    [Fact]
    public async Task One_comes_from_the_list_to_the_report_by_keys_alone()
    {
        Chromium.Require();
        var study = await service.StudyAsync();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        var page = visit.Page;
        await visit.GoAsync("/centers/A/studies");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusedAsync(page, "textContent"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, $"#a-{study.Id}");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/studies/{study.Id}");
        await TabToAsync(page, $"a[href$='/{study.Id}/report']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/studies/{study.Id}/report*");

        await Assertions.Expect(page.FrameLocator("iframe#report").Locator("body")).ToContainTextAsync("Of 100 such patients");
        visit.IsClean();
    }

    [Fact]
    public async Task The_viewer_is_reached_and_left_by_keys()
    {
        Chromium.Require();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        var page = visit.Page;
        await visit.GoAsync($"/centers/A/studies/{(await service.StudyAsync()).Id}");
        await page.Locator("#images").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Locator("figure[data-state=drawn]:visible")).ToHaveCountAsync(1);

        await TabToAsync(page, "figure:not([hidden]) canvas");
        await page.Keyboard.PressAsync("ArrowUp");
        Assert.StartsWith("axial ", await page.Locator("[data-status]").TextContentAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("INPUT", await FocusedAsync(page, "tagName"));
        visit.IsClean();
    }

    /// <summary>Goes on by Tab until something has the focus; each step must be one that can be seen.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < MostTabs; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }
        }

        Assert.Fail($"{selector} isn't reached in {MostTabs} steps.");
    }

    private static Task<string> FocusedAsync(IPage page, string property) => page.EvaluateAsync<string>("property => document.activeElement[property]", property);
}
