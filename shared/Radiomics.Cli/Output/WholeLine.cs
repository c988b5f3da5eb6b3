using Spectre.Console.Rendering;

namespace Radiomics.Cli.Output;

/// <summary>A line as it is, however long: the console library would break it at the screen's edge, and what is copied would have the break in it.</summary>
internal sealed class WholeLine(string text) : IRenderable
{
    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => new(text.Length, text.Length);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text), Segment.LineBreak];
}
