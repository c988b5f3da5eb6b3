using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>From files on somebody's desk to an answer.</summary>
[Collection(nameof(OpenCollection))]
public sealed class UploadTests(OpenService service, Chromium chromium)
{
    [Fact]
    public async Task A_folder_that_is_dropped_is_packed_sent_followed_and_predicted()
    {
        Chromium.Require();
        var folder = Directory.CreateTempSubdirectory("study-");
        try
        {
            Phantom.Extract(await Phantom.ZipAsync(seed: 31), folder.FullName);
            await using var list = await Visit.StartAsync(chromium, service.Url);
            await using var visit = await Visit.StartAsync(chromium, service.Url);
            await list.GoAsync("/centers/A/studies");
            await list.Page.EvaluateAsync("window.isStillTheSame = true");
            await visit.GoAsync("/centers/A/studies");

            await DropAsync(visit.Page, visit.Page.Locator("#drop"), folder.FullName);

            // The page goes on to the study by itself, says how far it is, and shows the answer.
            await visit.Page.WaitForURLAsync("**/centers/A/studies/p-*");
            await Assertions.Expect(visit.Page.Locator("#progress")).ToBeVisibleAsync();
            await Assertions.Expect(visit.Page.Locator("#answer")).ToBeVisibleAsync();
            await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Of 100 such patients");
            var id = visit.Page.Url[(visit.Page.Url.LastIndexOf('/') + 1)..].Split('?')[0];
            // The list that somebody else has open shows it without being loaded again.
            await Assertions.Expect(list.Page.Locator($"#{id}")).ToContainTextAsync("of 100");
            Assert.True(await list.Page.EvaluateAsync<bool>("window.isStillTheSame === true"));
            visit.IsClean();
            list.IsClean();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_zip_that_is_chosen_is_sent_and_the_same_bytes_again_are_the_same_study()
    {
        Chromium.Require();
        var zip = await Phantom.ZipAsync(seed: 32);
        await using var visit = await Visit.StartAsync(chromium, service.Url);

        var first = await ChooseAsync(visit.Page, zip);
        await Assertions.Expect(visit.Page.Locator("#answer")).ToBeVisibleAsync();
        var second = await ChooseAsync(visit.Page, zip);

        Assert.Equal(first, second);
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("These bytes were sent before");
        visit.IsClean();
    }

    [Fact]
    public async Task What_cannot_be_used_says_why_and_what_to_do()
    {
        Chromium.Require();
        await using var visit = await Visit.StartAsync(chromium, service.Url);

        await ChooseAsync(visit.Page, Phantom.Without(await Phantom.ZipAsync(seed: 33), "SEG/"));

        await Assertions.Expect(visit.Page.Locator(".failure")).ToContainTextAsync("StudyHasNoRoi");
        await Assertions.Expect(visit.Page.Locator(".failure")).ToContainTextAsync("What to do:");
        await visit.Page.Locator(".failure a").First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Why it could not be used");
        visit.IsClean();
    }

    private static async Task<string> ChooseAsync(IPage page, byte[] zip)
    {
        await page.GotoAsync("/centers/A/studies");
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Locator("#choose-zip").ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "study.zip", MimeType = "application/zip", Buffer = zip });
        await page.WaitForURLAsync("**/centers/A/studies/p-*");
        return new Uri(page.Url).AbsolutePath;
    }

    /// <summary>Drops a folder or a file of this machine, as a hand with a mouse does.</summary>
    private static async Task DropAsync(IPage page, ILocator where, string path)
    {
        await where.ScrollIntoViewIfNeededAsync();
        var box = (await where.BoundingBoxAsync())!;
        var session = await page.Context.NewCDPSessionAsync(page);
        foreach (var type in new[] { "dragEnter", "dragOver", "drop" })
        {
            await session.SendAsync("Input.dispatchDragEvent", new()
            {
                ["type"] = type,
                ["x"] = box.X + (box.Width / 2),
                ["y"] = box.Y + (box.Height / 2),
                ["data"] = JsonSerializer.SerializeToElement(new { items = Array.Empty<object>(), files = new[] { path }, dragOperationsMask = 1 }),
            });
        }
    }
}
