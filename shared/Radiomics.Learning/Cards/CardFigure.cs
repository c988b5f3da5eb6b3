using ScottPlot;

namespace Radiomics.Learning;

/// <summary>A figure of a card: a plot with what a reader needs to read it.</summary>
/// <param name="Id">Anchor.</param>
/// <param name="Title">Heading.</param>
/// <param name="Alternative">What it shows, for readers who don't see it.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Plot">The plot.</param>
/// <param name="Width">Width in CSS pixels.</param>
/// <param name="Height">Height in CSS pixels.</param>
public sealed record CardFigure(string Id, string Title, string Alternative, string Caption, Plot Plot, int Width, int Height) : IDisposable
{
    /// <summary>Image pixels in a CSS pixel: enough for print.</summary>
    public const int Scale = 2;

    /// <summary>The figure as a PNG of <see cref="Scale"/> times its size.</summary>
    public byte[] Png()
    {
        Plot.ScaleFactor = Scale;
        return Plot.GetImageBytes(Width * Scale, Height * Scale, ImageFormat.Png);
    }

    /// <inheritdoc/>
    public void Dispose() => Plot.Dispose();
}
