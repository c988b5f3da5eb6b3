namespace Radiomics.Extraction;

/// <summary>
/// The outline of a mask of one slice by marching squares: between each inside pixel and its outside neighbour lies a corner halfway, and within each square of four
/// pixels' centers straight lines join them; where two pixels touch across a diagonal, each keeps a corner of its own.
/// </summary>
internal static class Outline
{
    // Edges of a square: 0 top, 1 right, 2 bottom, 3 left; corners of the case's bits: left top, right top, right bottom, left bottom. Lines from edge to edge, the
    // inside on the same hand.
    private static readonly (int From, int To)[][] _lines =
    [
        [], [(3, 0)], [(0, 1)], [(3, 1)], [(1, 2)], [(1, 2), (3, 0)], [(0, 2)], [(3, 2)],
        [(2, 3)], [(2, 0)], [(0, 1), (2, 3)], [(2, 1)], [(1, 3)], [(1, 0)], [(0, 3)], [],
    ];

    private static readonly (double Row, double Column)[] _middles = [(0, 0.5), (0.5, 1), (1, 0.5), (0.5, 0)];

    /// <summary>Length (mm) and enclosed area (mm²) of the outline.</summary>
    public static (double Perimeter, double Surface) Measure(SliceMask mask)
    {
        double perimeter = 0, twiceSurface = 0;
        for (var row = -1; row < mask.Rows; row++)
        {
            for (var column = -1; column < mask.Columns; column++)
            {
                var code = (mask[row, column] ? 1 : 0) | (mask[row, column + 1] ? 2 : 0) | (mask[row + 1, column + 1] ? 4 : 0) | (mask[row + 1, column] ? 8 : 0);
                foreach (var (from, to) in _lines[code])
                {
                    var (a, b) = (Corner(row, column, from), Corner(row, column, to));
                    twiceSurface += a.Row * b.Column - b.Row * a.Column;
                    perimeter += Distance(a, b);
                }
            }
        }

        return (perimeter, twiceSurface / 2);

        (double Row, double Column) Corner(int row, int column, int edge) =>
            ((row + _middles[edge].Row) * mask.RowSpacing, (column + _middles[edge].Column) * mask.ColumnSpacing);
    }

    private static double Distance((double Row, double Column) a, (double Row, double Column) b) =>
        Math.Sqrt((a.Row - b.Row) * (a.Row - b.Row) + (a.Column - b.Column) * (a.Column - b.Column));
}
