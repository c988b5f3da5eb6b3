using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>Parts of pages that several tests look at.</summary>
internal static class PageParts
{
    /// <summary>The picture that is shown alone.</summary>
    public static ILocator Canvas(this IPage page) => page.Locator("figure:visible canvas").First;
}
