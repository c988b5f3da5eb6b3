using Microsoft.Playwright;
using Radiomics;

namespace Browser.Tests;

/// <summary>Pictures of pages for people to look at, in an ignored folder that CI keeps.</summary>
internal static class Screens
{
    private static readonly string s_folder = Directory.CreateDirectory(Path.Combine(TestData.RepositoryRoot, "TestResults", "screens")).FullName;

    /// <summary>Takes a picture of the whole page.</summary>
    public static Task TakeAsync(IPage page, string name, string kind) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(s_folder, $"{name}.{kind}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });

    /// <summary>Prints the page on A4, as the browser does.</summary>
    public static async Task<byte[]> PrintAsync(IPage page, string name)
    {
        var path = Path.Combine(s_folder, $"{name}.pdf");
        return await page.PdfAsync(new() { Path = path, Format = "A4", PrintBackground = true, PreferCSSPageSize = true });
    }
}
