using Microsoft.Playwright;
using SkiaSharp;

namespace Browser.Tests;

/// <summary>Pixels of a part of a page as they are on the screen.</summary>
internal sealed class Picture(SKBitmap bitmap)
{
    public int Width => bitmap.Width;

    public int Height => bitmap.Height;

    public SKColor this[int x, int y] => bitmap.GetPixel(x, y);

    public static async Task<Picture> OfAsync(ILocator part) => new(SKBitmap.Decode(await part.ScreenshotAsync(new() { Type = ScreenshotType.Png })));

    /// <summary>The pixels that something holds for.</summary>
    public IReadOnlyList<(int X, int Y)> Where(Func<int, int, SKColor, bool> holds) =>
        [.. from y in Enumerable.Range(0, Height) from x in Enumerable.Range(0, Width) where holds(x, y, this[x, y]) select (x, y)];

    /// <summary>The pixels that another picture of the same part has otherwise.</summary>
    public IReadOnlyList<(int X, int Y)> Differing(Picture other) => Where((x, y, colour) =>
        Math.Abs(colour.Red - other[x, y].Red) + Math.Abs(colour.Green - other[x, y].Green) + Math.Abs(colour.Blue - other[x, y].Blue) > 24);

    /// <summary>The smallest rectangle that holds some pixels.</summary>
    public static (int Left, int Top, int Right, int Bottom) Box(IReadOnlyList<(int X, int Y)> pixels) =>
        (pixels.Min(p => p.X), pixels.Min(p => p.Y), pixels.Max(p => p.X), pixels.Max(p => p.Y));
}
