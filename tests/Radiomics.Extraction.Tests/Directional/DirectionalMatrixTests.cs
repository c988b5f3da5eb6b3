namespace Radiomics.Extraction.Tests;

/// <summary>The matrices themselves: counted by hand, or as the IBSI manual prints them for its phantom.</summary>
public class DirectionalMatrixTests
{
    private static readonly Step Right = new(1, 0, 0);

    [Fact]
    public void A_pair_counts_once_in_the_order_of_its_step()
    {
        var matrix = CooccurrenceMatrices.Count(LevelGrids.Of((4, 1, 1), [1, 1, 2, 1]), [Right], symmetric: false, 0, 1)[0];
        Assert.Equal([(1, 1, 1), (1, 2, 1), (2, 1, 1)], CellsOf(matrix));
    }

    [Fact]
    public void A_symmetric_matrix_has_each_pair_in_both_orders_and_is_stored_from_the_diagonal_on()
    {
        var matrix = CooccurrenceMatrices.Count(LevelGrids.Of((4, 1, 1), [1, 1, 2, 1]), [Right], symmetric: true, 0, 1)[0];
        Assert.Equal([(1, 1, 2), (1, 2, 2)], CellsOf(matrix));
    }

    [Fact]
    public void Rows_are_ranks_of_the_levels_that_occur()
    {
        var grid = LevelGrids.Of((3, 1, 1), [7, 1000, 7]);
        Assert.Equal([(1, 2, 1), (2, 1, 1)], CellsOf(CooccurrenceMatrices.Count(grid, [Right], symmetric: false, 0, 1)[0]));
        Assert.Equal([7, 1000], grid.Levels);
    }

    [Fact]
    public void At_distance_two_the_voxel_between_does_not_matter()
    {
        var matrix = CooccurrenceMatrices.Count(LevelGrids.Of((5, 1, 1), [1, 9, 2, 0, 3], padding: 2), [Right * 2], symmetric: false, 0, 1)[0];
        Assert.Equal([(1, 2, 1), (2, 3, 1)], CellsOf(matrix));
    }

    [Fact]
    public void A_larger_distance_multiplies_the_thirteen_directions() =>
        Assert.Equal((-3, 3, 3), ((Step.Directions[10] * 3).X, (Step.Directions[10] * 3).Y, (Step.Directions[10] * 3).Z));

    [Fact]
    public void The_directions_are_one_of_each_opposite_pair()
    {
        var both = Step.Directions.SelectMany(s => new[] { s, s * -1 }).ToHashSet();
        Assert.Equal(26, both.Count);
        Assert.DoesNotContain(new Step(0, 0, 0), both);
        Assert.All(Step.InPlane.ToArray(), s => Assert.Equal(0, s.Z));
    }

    /// <summary>IBSI manual, chapter 6: merged in 3D, and along z.</summary>
    [Fact]
    public void The_phantoms_co_occurrence_matrices_are_the_manuals()
    {
        var grid = LevelGrids.Phantom();
        var matrices = CooccurrenceMatrices.Count(grid, Step.Directions, symmetric: true, 0, 4);
        Assert.Equal(
            [(1, 1, 536), (1, 3, 14), (1, 4, 105), (1, 6, 61), (3, 4, 5), (3, 6, 6), (4, 4, 64), (4, 6, 28), (6, 6, 16)],
            LevelPairs(grid, DirectionalMatrix.Merge(matrices, Ones(13))));
        Assert.Equal(
            [(1, 1, 66), (1, 4, 5), (1, 6, 1), (3, 6, 1), (4, 4, 16), (6, 6, 8)],
            LevelPairs(grid, matrices[Array.IndexOf(Step.Directions, new(0, 0, 1))]));
    }

    /// <summary>IBSI manual, chapter 6: merged in 3D.</summary>
    [Fact]
    public void The_phantoms_run_length_matrix_is_the_manuals()
    {
        var grid = LevelGrids.Phantom();
        var merged = DirectionalMatrix.Merge(RunLengthMatrices.Count(grid, Step.Directions, 0, 4), Ones(13));
        Assert.Equal(
            [
                (1, 1, 190), (1, 2, 140), (1, 3, 31), (1, 4, 18), (1, 5, 3), (3, 1, 13), (4, 1, 149), (4, 2, 24), (4, 3, 1), (4, 4, 2),
                (6, 1, 78), (6, 2, 3), (6, 3, 1), (6, 4, 1),
            ],
            CellsOf(merged).Select(c => (grid.Levels[c.Row - 1], c.Column, c.Value)));
        Assert.Equal(13 * 74, merged.VoxelCount);
    }

    [Fact]
    public void A_run_ends_at_another_level_and_at_the_ROIs_border()
    {
        var matrix = RunLengthMatrices.Count(LevelGrids.Of((12, 1, 1), [1, 1, 1, 2, 2, 1, 0, 1, 1, 1, 1, 1]), [Right], 0, 1)[0];
        Assert.Equal([(1, 1, 1), (1, 3, 1), (1, 5, 1), (2, 2, 1)], CellsOf(matrix));
        Assert.Equal(11, matrix.VoxelCount);
    }

    [Fact]
    public void A_run_may_be_as_long_as_the_ROI()
    {
        var levels = new int[3 * 4 * 100];
        Array.Fill(levels, 5);
        var matrices = RunLengthMatrices.Count(LevelGrids.Of((3, 4, 100), levels), Step.Directions, 0, 100);
        Assert.Equal([(1, 100, 12)], CellsOf(matrices[Array.IndexOf(Step.Directions, new(0, 0, 1))]));
        Assert.Equal([(1, 3, 400)], CellsOf(matrices[0]));
        Assert.All(matrices, m => Assert.Equal(levels.Length, m.Values.Zip(m.Columns, (v, length) => v * length).Sum()));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Sorted_pairs_give_the_same_matrices_as_dense_counts(bool symmetric, int distance)
    {
        var grid = LevelGrids.Of((17, 13, 9), LevelGrids.Random((17, 13, 9), 40, seed: 5), padding: 2);
        int[] offsets = [.. Step.Directions.Select(s => (s * distance).IndexOffset(grid))];
        var (from, to) = (grid.IndexOf(0, 0, 0), grid.IndexOf(16, 12, 8) + 1);
        var dense = CooccurrenceMatrices.CountDense(grid.Ranks, from, to, offsets, 41, symmetric);
        var sparse = CooccurrenceMatrices.CountSparse(grid.Ranks, from, to, offsets, 41, grid.VoxelCount, symmetric);
        Assert.Equal(dense.Select(CellsOf), sparse.Select(CellsOf));
    }

    [Theory]
    [InlineData(17, 13, 9)]
    [InlineData(1, 1, 20)]
    [InlineData(1, 9, 9)]
    [InlineData(2, 3, 4)]
    [InlineData(6, 5, 4)]
    public void Sorted_runs_give_the_same_matrices_as_dense_counts(int x, int y, int z)
    {
        var grid = LevelGrids.Of((x, y, z), LevelGrids.Random((x, y, z), 2, seed: 5));
        var dense = RunLengthMatrices.CountDense(grid, Step.Directions, 0, z, longest: 20);
        var sparse = RunLists.Count(grid, Step.Directions, 0, z);
        Assert.Equal(dense.Select(CellsOf), sparse.Select(CellsOf));
        Assert.Equal(dense.Select(m => m.VoxelCount), sparse.Select(m => m.VoxelCount));
    }

    /// <summary>Ranks up to the largest there can be: 65,535 levels, each in one voxel.</summary>
    [Fact]
    public void As_many_levels_as_there_can_be_fit()
    {
        int[] levels = [.. Enumerable.Range(1, 65535)];
        var grid = LevelGrids.Of((255, 257, 1), levels);
        var pairs = CooccurrenceMatrices.Count(grid, [Right], symmetric: true, 0, 1)[0];
        Assert.Equal(254 * 257, pairs.Values.Length);
        Assert.Equal((65534, 65535, 1), CellsOf(pairs)[^1]);
        var runs = RunLengthMatrices.Count(grid, [Right], 0, 1)[0];
        Assert.Equal((65535, 1, 1), CellsOf(runs)[^1]);
        Assert.Equal(65535, runs.Values.Sum());
    }

    [Fact]
    public void However_many_steps_each_has_its_own_matrix()
    {
        var grid = LevelGrids.Of((9, 8, 7), LevelGrids.Random((9, 8, 7), 6, seed: 2), padding: 3);
        Step[] steps = [.. Step.Directions.SelectMany(s => new[] { s, s * 2, s * 3 })];
        var together = CooccurrenceMatrices.Count(grid, steps, symmetric: true, 0, 7);
        Assert.Equal(steps.Select(s => CellsOf(CooccurrenceMatrices.Count(grid, [s], symmetric: true, 0, 7)[0])), together.Select(CellsOf));
    }

    [Fact]
    public void Merging_adds_weighted_elements_and_voxels()
    {
        DirectionalMatrix a = new() { Rows = [1, 2], Columns = [1, 3], Values = [4, 5], VoxelCount = 10 };
        DirectionalMatrix b = new() { Rows = [1, 2], Columns = [2, 3], Values = [6, 7], VoxelCount = 20 };
        DirectionalMatrix none = new() { Rows = [], Columns = [], Values = [] };
        var merged = DirectionalMatrix.Merge([a, none, b], [0.5, 1, 2]);
        Assert.Equal([(1, 1, 2), (1, 2, 12), (2, 3, 16.5)], CellsOf(merged));
        Assert.Equal(45, merged.VoxelCount);
    }

    [Fact]
    public void Keys_are_sorted_by_all_their_digits()
    {
        var random = new Random(1);
        uint[] keys = [.. Enumerable.Range(0, 5000).Select(_ => (uint)random.NextInt64(1L << 32)), 0, uint.MaxValue];
        Assert.Equal(keys.Order(), RadixSort.Sort([.. keys], new uint[keys.Length], uint.MaxValue).ToArray());
        uint[] small = [9, 3, 0, 511, 9];
        Assert.Equal(small.Order(), RadixSort.Sort([.. small], new uint[5], 511).ToArray());
    }

    internal static (int Row, int Column, double Value)[] CellsOf(DirectionalMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Values.Length).Select(i => ((int)matrix.Rows[i], matrix.Columns[i], matrix.Values[i]))];

    private static IEnumerable<(int, int, double)> LevelPairs(GreyLevelGrid grid, DirectionalMatrix matrix) =>
        CellsOf(matrix).Select(c => (grid.Levels[c.Row - 1], grid.Levels[c.Column - 1], c.Value));

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
