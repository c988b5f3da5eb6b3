using Microsoft.Playwright;
using Radiomics.Pipeline;

namespace Browser.Tests;

/// <summary>Somebody decides about models, with a name and a reason.</summary>
[Collection(nameof(OpenCollection))]
public sealed class ModelTests(OpenService service, Chromium chromium)
{
    [Fact]
    public async Task A_trained_model_is_looked_at_approved_and_rolled_back_again()
    {
        Chromium.Require();
        var waiting = await service.RetrainAsync("B", "3.0T", firstSeed: 7200);
        var before = (await CurrentAsync())!;
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        var page = visit.Page;
        await visit.GoAsync("/centers/B/retrainings");

        await page.Locator($"a[href$='/{waiting.Id}']").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Look at it and decide" }).ClickAsync();
        await page.GetByLabel("Who decides").FillAsync("Dr. Example");
        await page.GetByLabel("Why").FillAsync("Better on held-out patients.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve: make it current" }).ClickAsync();
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("Your decision was handed on");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("promoted");
        var trained = await service.UntilAsync(CurrentAsync, current => current.Version != before.Version, "The current model");

        await visit.GoAsync("/centers/B/models");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Better on held-out patients.");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Roll back to this version {before.Version}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Make {before.Version} current" }).ClickAsync();
        // Without a name and a reason the browser doesn't even send it.
        Assert.EndsWith("/rollback", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Who decides").FillAsync("Dr. Other");
        await page.GetByLabel("Why").FillAsync("Second thoughts.");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Make {before.Version} current" }).ClickAsync();
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("The model was put back");

        var current = (await CurrentAsync())!;
        Assert.NotEqual(trained.Version, current.Version);
        Assert.Equal((before.Version, "Dr. Other"), (current.Version, current.DecidedBy));
        visit.IsClean();
    }

    [Fact]
    public async Task A_cohort_with_faults_is_refused_line_by_line()
    {
        Chromium.Require();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        var page = visit.Page;
        await visit.GoAsync("/centers/research/retrainings");
        await visit.GoAsync("/centers/B/retrainings");
        var summary = page.Locator("summary", new() { HasText = "Send a cohort" });
        if (!await page.Locator("input[name=file]").IsVisibleAsync())
            await summary.ClickAsync();

        await page.Locator("input[name=file]").SetInputFilesAsync(new FilePayload { Name = "faulty.csv", MimeType = "text/csv", Buffer = "studyUid,label\n1.2.3,7\n1.2.3,1\n"u8.ToArray() });
        Assert.Equal("faulty", await page.Locator("input[name=name]").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the cohort" }).ClickAsync();

        await Assertions.Expect(page.Locator("main td.number").First).ToHaveTextAsync("2");
        Assert.True(await page.Locator("main tbody tr").CountAsync() >= 2);
    }

    private async Task<PromotedModel?> CurrentAsync() => (await service.TryGetAsync<ModelHistory>("/api/centers/B/models/3.0T"))?.Current;
}
