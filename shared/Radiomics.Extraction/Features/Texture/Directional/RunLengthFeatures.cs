namespace Radiomics.Extraction;

/// <summary>Grey level run length features, <c>rlm_</c> (IBSI manual 3.7), from one pass over the cells and the marginals that it collects.</summary>
internal sealed class RunLengthFeatures : IDirectionalFamily
{
    private readonly GreyLevelGrid _grid;
    private readonly double[] _levelRuns;
    private readonly double[] _lengthRuns;

    public RunLengthFeatures(GreyLevelGrid grid)
    {
        _grid = grid;
        _levelRuns = new double[grid.Levels.Length + 1];
        _lengthRuns = new double[Math.Max(grid.SizeX, Math.Max(grid.SizeY, grid.SizeZ)) + 1];
    }

    public static void Add(GreyLevelGrid grid, TextureSettings settings, FeatureSink features) =>
        DirectionalFeatures.Add(new RunLengthFeatures(grid), grid, settings, features);

    public IReadOnlyList<string> Tags { get; } =
    [
        "rlm_sre", "rlm_lre", "rlm_lgre", "rlm_hgre", "rlm_srlge", "rlm_srhge", "rlm_lrlge", "rlm_lrhge", "rlm_glnu", "rlm_glnu_norm", "rlm_rlnu",
        "rlm_rlnu_norm", "rlm_r_perc", "rlm_gl_var", "rlm_rl_var", "rlm_rl_entr",
    ];

    public string WithoutMatrix => "The ROI has no run in any direction that has a weight.";

    public int Distance => 1;

    public DirectionalMatrix[] Count(ReadOnlySpan<Step> directions, int fromSlice, int toSlice) =>
        RunLengthMatrices.Count(_grid, directions, fromSlice, toSlice);

    public void Measure(DirectionalMatrix matrix, double unit, Span<double> values)
    {
        Array.Clear(_levelRuns);
        Array.Clear(_lengthRuns);
        double runs = 0, logarithms = 0, shortLow = 0, shortHigh = 0, longLow = 0, longHigh = 0;
        for (var cell = 0; cell < matrix.Values.Length; cell++)
        {
            var (rank, length, value) = (matrix.Rows[cell], matrix.Columns[cell], matrix.Values[cell]);
            double level = _grid.Levels[rank - 1];
            var (levelSquare, lengthSquare) = (level * level, (double)length * length);
            runs += value;
            logarithms += value * Math.Log2(value);
            shortLow += value / (levelSquare * lengthSquare);
            shortHigh += value * levelSquare / lengthSquare;
            longLow += value * lengthSquare / levelSquare;
            longHigh += value * levelSquare * lengthSquare;
            _levelRuns[rank] += value;
            _lengthRuns[length] += value;
        }

        var byLevel = Marginal.Of(_levelRuns, runs, _grid.Levels);
        var byLength = Marginal.Of(_lengthRuns, runs, []);
        ReadOnlySpan<double> features =
        [
            byLength.Low, byLength.High, byLevel.Low, byLevel.High, shortLow / runs, shortHigh / runs, longLow / runs, longHigh / runs,
            byLevel.Squares / runs * unit, byLevel.Squares / (runs * runs), byLength.Squares / runs * unit, byLength.Squares / (runs * runs),
            runs / matrix.VoxelCount, byLevel.Variance, byLength.Variance,
            matrix.Values.Length > 1 ? Math.Log2(runs) - logarithms / runs : 0,
        ];
        features.CopyTo(values);
    }

    /// <summary>Of the runs by grey level, or by length: mean of 1/x² and of x², sum of the counts' squares, variance of x.</summary>
    private readonly record struct Marginal(double Low, double High, double Squares, double Variance)
    {
        /// <param name="counts">Runs by rank or length, from 1.</param>
        /// <param name="total">Their sum.</param>
        /// <param name="levels">Grey level of each rank; empty where the index itself is the length.</param>
        public static Marginal Of(double[] counts, double total, ReadOnlySpan<int> levels)
        {
            double low = 0, high = 0, squares = 0, mean = 0, variance = 0;
            for (var i = 1; i < counts.Length; i++)
            {
                if (counts[i] > 0)
                {
                    double x = levels.IsEmpty ? i : levels[i - 1];
                    low += counts[i] / (x * x);
                    high += counts[i] * x * x;
                    squares += counts[i] * counts[i];
                    mean += counts[i] * x;
                }
            }

            mean /= total;
            for (var i = 1; i < counts.Length; i++)
            {
                if (counts[i] > 0)
                {
                    var deviation = (levels.IsEmpty ? i : levels[i - 1]) - mean;
                    variance += counts[i] * deviation * deviation;
                }
            }

            return new(low / total, high / total, squares, variance / total);
        }
    }
}
