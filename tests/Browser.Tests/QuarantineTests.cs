using System.IO.Compression;
using Microsoft.Playwright;
using Radiomics.Pipeline;

namespace Browser.Tests;

/// <summary>What could not be used is mended and sent again.</summary>
[Collection(nameof(OpenCollection))]
public sealed class QuarantineTests(OpenService service, Chromium chromium)
{
    [Fact]
    public async Task A_study_without_a_region_is_sent_again_with_one_and_is_resolved()
    {
        Chromium.Require();
        var whole = await Phantom.ZipAsync(seed: 41);
        var failed = await service.EndAsync("A", await service.SendAsync("A", Phantom.Without(whole, "SEG/")));
        Assert.Equal("StudyHasNoRoi", failed.Error!.Code);
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        var page = visit.Page;
        await visit.GoAsync("/centers/A/quarantine");

        await page.Locator($"a[href$='/quarantine/{failed.UploadId}']").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("StudyHasNoRoi");
        await page.Locator("input[name=way][value=region]").CheckAsync();
        await page.Locator("input[name=region]").SetInputFilesAsync(new FilePayload { Name = "liver.dcm", MimeType = "application/dicom", Buffer = Region(whole) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it again" }).ClickAsync();
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("It was sent again");

        var resolved = await service.UntilAsync(
            () => service.TryGetAsync<QuarantineEntry>($"/api/centers/A/quarantine/{failed.UploadId}"), entry => entry.State == QuarantineState.Resolved, "The upload in quarantine");
        await page.ReloadAsync();
        await page.Locator($"a[href$='/studies/{resolved.ResolvedBy}']").First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Of 100 such patients");
        visit.IsClean();
    }

    private static byte[] Region(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        using var entry = archive.Entries.Single(one => one.FullName.StartsWith("SEG/", StringComparison.Ordinal)).Open();
        using var copy = new MemoryStream();
        entry.CopyTo(copy);
        return copy.ToArray();
    }
}
