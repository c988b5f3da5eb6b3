namespace Radiomics.Extraction.Tests;

public class CountMatrixTests
{
    [Theory]
    [InlineData(3, 5, 400)]
    [InlineData(700, 900, 400)]
    [InlineData(40, 2_000_000, 5000)]
    [InlineData(65535, 3, 1000)]
    public void Items_are_counted_whether_the_table_is_small_or_sparse(int levelCount, int largest, int count)
    {
        var random = new Random(7);
        int[] levels = [.. Enumerable.Range(1, levelCount).Select(rank => 3 * rank)];
        var ranks = new ushort[count];
        var columns = new int[count];
        for (var i = 0; i < count; i++)
        {
            (ranks[i], columns[i]) = ((ushort)random.Next(1, levelCount + 1), random.Next(1, largest + 1));
        }

        var expected = ranks.Zip(columns, (rank, column) => (levels[rank - 1], column)).GroupBy(item => item).OrderBy(g => g.Key)
            .Select(g => (g.Key.Item1, g.Key.column, g.Count()));
        var matrix = CountMatrix.Of(ranks, columns, levels, count);
        var actual =
            from row in Enumerable.Range(0, matrix.Levels.Length)
            from entry in Enumerable.Range(matrix.RowStarts[row], matrix.RowStarts[row + 1] - matrix.RowStarts[row])
            select (matrix.Levels[row], matrix.Columns[matrix.EntryColumns[entry]], matrix.EntryCounts[entry]);
        Assert.Equal(expected, actual);
        Assert.Equal(count, matrix.Total);
    }
}
