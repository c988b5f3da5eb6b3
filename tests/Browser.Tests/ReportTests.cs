using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The report as a clinician opens and prints it.</summary>
[Collection(nameof(OpenCollection))]
public sealed partial class ReportTests(OpenService service, Chromium chromium)
{
    [Fact]
    public async Task It_is_opened_from_the_study_and_read_in_two_languages()
    {
        Chromium.Require();
        var study = await service.StudyAsync();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync($"/centers/A/studies/{study.Id}");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open the report" }).ClickAsync();
        await Assertions.Expect(visit.Page.FrameLocator("iframe#report").Locator("body")).ToContainTextAsync("Of 100 such patients");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "中文" }).ClickAsync();
        await Assertions.Expect(visit.Page.FrameLocator("iframe#report").Locator("html")).ToHaveAttributeAsync("lang", new Regex("^zh"));

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the study" }).ClickAsync();
        Assert.EndsWith($"/centers/A/studies/{study.Id}", visit.Page.Url, StringComparison.Ordinal);
        visit.IsClean();
    }

    [Fact]
    public async Task Its_button_prints_the_report_alone_and_there_is_one_scroll_bar()
    {
        Chromium.Require();
        var study = await service.StudyAsync();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync($"/centers/A/studies/{study.Id}/report");
        await Assertions.Expect(visit.Page.Locator("button[data-print]")).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync("() => { window.printed = []; document.getElementById('report').contentWindow.print = () => window.printed.push('report'); window.print = () => window.printed.push('page'); }");

        await visit.Page.Locator("button[data-print]").ClickAsync();

        Assert.Equal(["report"], await visit.Page.EvaluateAsync<string[]>("window.printed"));
        Assert.True(await visit.Page.EvaluateAsync<bool>("(() => { const frame = document.getElementById('report'); return frame.clientHeight >= frame.contentDocument.documentElement.scrollHeight; })()"));
        visit.IsClean();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task It_prints_on_one_or_two_pages(string language)
    {
        Chromium.Require();
        var study = await service.StudyAsync();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync($"/centers/A/studies/{study.Id}/report?language={language}&part=document");

        var pdf = Encoding.Latin1.GetString(await Screens.PrintAsync(visit.Page, $"document-{language}"));

        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.InRange(PdfPage().Count(pdf), 1, 2);
        visit.IsClean();
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PdfPage();
}
