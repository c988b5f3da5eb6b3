using System.Globalization;
using System.Text;
using Radiomics.Pages.Pictures;
using Radiomics.Pipeline;
using SkiaSharp;

namespace Radiomics.Pages;

/// <summary>A plane as a page shows it: the pixels as a picture, the ROI's outline as lines. Nothing is written into the picture, so that it is the same wherever it is made.</summary>
/// <param name="Name">Axial, coronal or sagittal.</param>
/// <param name="Labels">What lies left, right, top and bottom: of R, L, A, P, S and I.</param>
/// <param name="Width">Extent, mm.</param>
/// <param name="Height">Extent, mm.</param>
/// <param name="Columns">Pixels from left to right in the outline's measure.</param>
/// <param name="Rows">Pixels from top to bottom in the outline's measure.</param>
/// <param name="Png">The picture, base64.</param>
/// <param name="Outline">The outline as an SVG path, a pixel a unit.</param>
/// <param name="Low">Intensity that is black.</param>
/// <param name="High">Intensity that is white.</param>
public sealed record PlaneDrawing(string Name, string Labels, double Width, double Height, int Columns, int Rows, string Png, string Outline, float Low, float High)
{
    // Wider than any page shows it.
    private const int MostPixels = 640;

    /// <summary>The three planes through the ROI's center; none where the ROI is empty or on another grid.</summary>
    public static IReadOnlyList<PlaneDrawing> Of(ReportImages images)
    {
        if (!images.Volume.Geometry.IsSameGridAs(images.Roi.Geometry) || images.Roi.CountInside() == 0)
        {
            return [];
        }

        var planes = AnatomicalPlane.Through(images.Volume, images.Roi);
        var (low, high) = AnatomicalPlane.Window(planes);
        return [.. planes.Select(plane => new PlaneDrawing(plane.Name, plane.Labels, plane.Width, plane.Height, plane.Columns, plane.Rows, PngOf(plane, low, high), OutlineOf(plane), low, high))];
    }

    private static string PngOf(AnatomicalPlane plane, float low, float high)
    {
        var (across, down) = (Step(plane.Columns), Step(plane.Rows));
        using var bitmap = new SKBitmap(new SKImageInfo(plane.Columns / across, plane.Rows / down, SKColorType.Gray8, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var row = 0; row < bitmap.Height; row++)
        {
            for (var column = 0; column < bitmap.Width; column++)
            {
                pixels[row * bitmap.RowBytes + column] = Grey(Mean(plane, column * across, row * down, across, down), low, high);
            }
        }

        using var picture = SKImage.FromBitmap(bitmap);
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return Convert.ToBase64String(png.AsSpan());
    }

    private static int Step(int pixels) => (pixels + MostPixels - 1) / MostPixels;

    private static double Mean(AnatomicalPlane plane, int column, int row, int across, int down)
    {
        var sum = 0.0;
        for (var r = row; r < row + down; r++)
        {
            for (var c = column; c < column + across; c++)
            {
                sum += plane.Intensities[r * plane.Columns + c];
            }
        }

        return sum / (across * down);
    }

    private static byte Grey(double intensity, float low, float high) => (intensity - low) / (high - low) * 255 is > 0 and var grey ? (byte)Math.Min(255, grey) : (byte)0;

    // The border between pixels inside and outside, a line as long as it is straight.
    private static string OutlineOf(AnatomicalPlane plane)
    {
        var path = new StringBuilder();
        for (var row = 0; row <= plane.Rows; row++)
        {
            Lines(plane.Columns, column => plane.IsInside(column, row) != plane.IsInside(column, row - 1), (from, to) => path.Append(CultureInfo.InvariantCulture, $"M{from} {row}H{to}"));
        }

        for (var column = 0; column <= plane.Columns; column++)
        {
            Lines(plane.Rows, row => plane.IsInside(column, row) != plane.IsInside(column - 1, row), (from, to) => path.Append(CultureInfo.InvariantCulture, $"M{column} {from}V{to}"));
        }

        return path.ToString();
    }

    private static void Lines(int length, Func<int, bool> isBorder, Action<int, int> draw)
    {
        for (var at = 0; at < length; at++)
        {
            var from = at;
            while (at < length && isBorder(at))
            {
                at++;
            }

            if (at > from)
            {
                draw(from, at);
            }
        }
    }
}
