using System.Globalization;
using Radiomics.Extraction;
using SkiaSharp;

namespace Radiomics.Cli.Conformance;

/// <summary>
/// Draws response maps, a PNG each, <c>{test}.png</c>: the middle slice across z, y and x, from the map's lowest value (black) to its highest (white). A value of 0 has the same grey in all three.
/// </summary>
internal sealed class ResponsePictures
{
    private const int Scale = 4;
    private const int Margin = 12;
    private const int Line = 22;
    private readonly string _folder;

    public ResponsePictures(string folder)
    {
        Directory.CreateDirectory(folder);
        _folder = folder;
    }

    /// <summary>Draws a map.</summary>
    public void Draw(FilterTest test, Volume map)
    {
        var g = map.Geometry;
        var (low, high) = Range(map);
        (string Name, int Columns, int Rows, Func<int, int, int> Index)[] planes =
        [
            ("z", g.SizeX, g.SizeY, (a, b) => ((g.SizeZ - 1) / 2 * g.SizeY + b) * g.SizeX + a),
            ("y", g.SizeX, g.SizeZ, (a, b) => (b * g.SizeY + (g.SizeY - 1) / 2) * g.SizeX + a),
            ("x", g.SizeY, g.SizeZ, (a, b) => (b * g.SizeY + a) * g.SizeX + (g.SizeX - 1) / 2),
        ];
        var width = planes.Sum(p => p.Columns * Scale + Margin) + Margin;
        var height = planes.Max(p => p.Rows) * Scale + 2 * Margin + 2 * Line;
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        using var font = new SKFont(SKTypeface.Default, 15);
        using var white = new SKPaint { Color = SKColors.White, IsAntialias = true };
        surface.Canvas.Clear(new SKColor(0x14, 0x14, 0x14));
        float left = Margin;
        foreach (var (name, columns, rows, index) in planes)
        {
            using var grey = new SKBitmap(new SKImageInfo(columns, rows, SKColorType.Gray8, SKAlphaType.Opaque));
            var pixels = grey.GetPixelSpan();
            for (var b = 0; b < rows; b++)
            {
                for (var a = 0; a < columns; a++)
                {
                    pixels[b * grey.RowBytes + a] = high > low ? (byte)Math.Round(255 * ((map[index(a, b)] - low) / (high - low))) : (byte)128;
                }
            }

            using var picture = SKImage.FromBitmap(grey);
            surface.Canvas.DrawText($"middle of {name}", left, Margin + 14, font, white);
            surface.Canvas.DrawImage(picture, SKRect.Create(left, Margin + Line, columns * Scale, rows * Scale), new SKSamplingOptions(SKFilterMode.Nearest));
            left += columns * Scale + Margin;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{test.Title}; {test.Phantom}; {low:G4} to {high:G4}");
        surface.Canvas.DrawText(text, Margin, height - Margin, font, white);
        using var encoded = surface.Snapshot().Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(Path.Combine(_folder, test.Id + ".png"));
        encoded.SaveTo(file);
    }

    private static (double Low, double High) Range(Volume map)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var i = 0; i < map.Geometry.Count; i++)
        {
            (low, high) = (Math.Min(low, map[i]), Math.Max(high, map[i]));
        }

        return (low, high);
    }
}
