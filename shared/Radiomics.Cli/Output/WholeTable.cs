using Spectre.Console;
using Spectre.Console.Rendering;

namespace Radiomics.Cli.Output;

/// <summary>
/// A table whose columns are never narrower than their longest word, so that ids, digests and names of blobs can be copied whole. Where the screen has no room for
/// that, the table is wider than the screen, whose own wrapping leaves no break in what is copied.
/// </summary>
internal sealed class WholeTable(Table table) : IRenderable
{
    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => ((IRenderable)table).Measure(options, maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var columns = table.Columns.Select((column, i) => Cells(column, i).Select(cell => cell.Measure(options, int.MaxValue)).ToArray()).ToArray();
        int[] least = [.. columns.Select(cells => cells.Max(cell => cell.Min))];
        int[] most = [.. columns.Select(cells => cells.Max(cell => cell.Max))];
        var frame = table.Columns.Sum(column => (column.Padding?.Left ?? 0) + (column.Padding?.Right ?? 0)) + (table.Border.Visible ? table.Columns.Count + 1 : 0);
        var widths = Widths(least, most, maxWidth - frame);
        foreach (var (column, width) in table.Columns.Zip(widths))
        {
            column.Width = width;
        }

        return ((IRenderable)table).Render(options, Math.Max(maxWidth, widths.Sum() + frame));
    }

    /// <summary>As wide as they would like to be as far as there is room: the widest give way first, none below its longest word.</summary>
    internal static int[] Widths(int[] least, int[] most, int room)
    {
        int[] widths = [.. most];
        for (var excess = widths.Sum() - room; excess > 0; excess--)
        {
            var widest = -1;
            for (var i = 0; i < widths.Length; i++)
            {
                if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest]))
                {
                    widest = i;
                }
            }

            if (widest < 0)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    private IEnumerable<IRenderable> Cells(TableColumn column, int index) => table.Rows.Select(row => row[index]).Prepend(column.Header).Concat(column.Footer is { } footer ? [footer] : []);
}
