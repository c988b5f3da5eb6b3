using Radiomics.Extraction;
using Radiomics.Pages.Pictures;
using SkiaSharp;

namespace Radiomics.Cli.Extract.Preview;

/// <summary>Draws the three planes through the ROI's center side by side, at one scale, with the ROI's outline; names no file and no patient.</summary>
internal static class PreviewPicture
{
    private const float Margin = 12;
    private const float Line = 22;
    private const double LargestWidth = 1560;

    /// <summary>For the sentences below the planes.</summary>
    private const double SmallestWidth = 640;
    private const double LargestHeight = 700;
    private static readonly SKColor Outline = new(0xff, 0xc8, 0x28);

    /// <summary>Writes the picture as PNG.</summary>
    /// <exception cref="RadiomicsException"><c>GridMismatch</c>, <c>EmptyRoi</c>.</exception>
    public static void Write(Stream png, Volume image, Mask roi)
    {
        roi = roi.OnGridOf(image, "ROI");
        var planes = AnatomicalPlane.Through(image, roi);
        var scale = Math.Min(LargestWidth / planes.Sum(p => p.Width), LargestHeight / planes.Max(p => p.Height));
        var window = AnatomicalPlane.Window(planes);
        var width = (int)Math.Ceiling(Math.Max(SmallestWidth, planes.Sum(p => p.Width) * scale + Margin * (planes.Count + 1)));
        var height = (int)Math.Ceiling(planes.Max(p => p.Height) * scale + 2 * Margin + 3 * Line);
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        using var font = new SKFont(SKTypeface.Default, 15);
        surface.Canvas.Clear(new SKColor(0x14, 0x14, 0x14));
        var left = Margin;
        foreach (var plane in planes)
        {
            var place = SKRect.Create(left, Margin + Line, (float)(plane.Width * scale), (float)(plane.Height * scale));
            Draw(surface.Canvas, plane, place, window, font);
            left = place.Right + Margin;
        }

        var g = image.Geometry;
        var inside = roi.CountInside();
        Text(surface.Canvas, font, FormattableString.Invariant(
            $"ROI {inside:N0} voxels, {inside * g.VoxelVolume / 1000:F1} ml"), Margin, height - Margin - Line, SKColors.White);
        Text(surface.Canvas, font, FormattableString.Invariant(
            $"{g.SizeX} × {g.SizeY} × {g.SizeZ} voxels of {g.SpacingX:0.###} × {g.SpacingY:0.###} × {g.SpacingZ:0.###} mm; window {window.Low:G5} to {window.High:G5}"),
            Margin, height - Margin, SKColors.LightGray);
        using var encoded = surface.Snapshot().Encode(SKEncodedImageFormat.Png, 100);
        encoded.SaveTo(png);
    }

    private static void Draw(SKCanvas canvas, AnatomicalPlane plane, SKRect place, (float Low, float High) window, SKFont font)
    {
        using var bitmap = Grey(plane, window);
        using var picture = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(picture, place, new SKSamplingOptions(SKFilterMode.Linear));
        using var outline = Edges(plane, place);
        using var paint = new SKPaint { Color = Outline, Style = SKPaintStyle.Stroke, StrokeWidth = 1.5f, IsAntialias = true };
        canvas.DrawPath(outline, paint);
        Text(canvas, font, plane.Name, place.Left, place.Top - 6, SKColors.White);
        var (middle, center) = (place.MidY + 5, place.MidX - 5);
        Text(canvas, font, plane.Labels[..1], place.Left + 4, middle, Outline);
        Text(canvas, font, plane.Labels[1..2], place.Right - 16, middle, Outline);
        Text(canvas, font, plane.Labels[2..3], center, place.Top + 16, Outline);
        Text(canvas, font, plane.Labels[3..], center, place.Bottom - 6, Outline);
    }

    private static SKBitmap Grey(AnatomicalPlane plane, (float Low, float High) window)
    {
        var bitmap = new SKBitmap(new SKImageInfo(plane.Columns, plane.Rows, SKColorType.Gray8, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var row = 0; row < plane.Rows; row++)
        {
            for (var column = 0; column < plane.Columns; column++)
            {
                var grey = (plane.Intensities[row * plane.Columns + column] - window.Low) / (window.High - window.Low) * 255;
                pixels[row * bitmap.RowBytes + column] = grey > 0 ? (byte)Math.Min(255, grey) : (byte)0;
            }
        }

        return bitmap;
    }

    /// <summary>The border between pixels inside and outside.</summary>
    private static SKPath Edges(AnatomicalPlane plane, SKRect place)
    {
        var path = new SKPath();
        var (dx, dy) = (place.Width / plane.Columns, place.Height / plane.Rows);
        for (var row = 0; row <= plane.Rows; row++)
        {
            for (var column = 0; column <= plane.Columns; column++)
            {
                var inside = plane.IsInside(column, row);
                var (x, y) = (place.Left + column * dx, place.Top + row * dy);
                if (inside != plane.IsInside(column - 1, row))
                {
                    path.MoveTo(x, y);
                    path.LineTo(x, y + dy);
                }

                if (inside != plane.IsInside(column, row - 1))
                {
                    path.MoveTo(x, y);
                    path.LineTo(x + dx, y);
                }
            }
        }

        return path;
    }

    private static void Text(SKCanvas canvas, SKFont font, string text, float x, float y, SKColor color)
    {
        // A dark rim, to be read on bright tissue too.
        using var rim = new SKPaint { Color = SKColors.Black, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 3 };
        canvas.DrawText(text, x, y, font, rim);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, font, paint);
    }
}
