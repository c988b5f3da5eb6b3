namespace Radiomics.Extraction;

/// <summary>
/// Grey level co-occurrence features, <c>cm_</c> (IBSI manual 3.6). Everything but the joint maximum, energy and entropy follows from the marginals
/// p_i. and p_.j and from the distributions of i − j and i + j, which one pass over the cells collects.
/// </summary>
/// <remarks>
/// Where every pair has the same grey level, 0/0 is read as: correlation 1 (equal grey levels, the usual limit), information correlations 0 (no mutual
/// information). Of an asymmetric matrix the first information correlation divides by the larger of the marginals' entropies, as Haralick has it; of a symmetric one
/// they are equal.
/// </remarks>
internal sealed class CooccurrenceFeatures : IDirectionalFamily
{
    private readonly GreyLevelGrid _grid;
    private readonly bool _symmetric;
    private readonly double[] _rows;
    private readonly double[] _columns;
    private readonly double[] _differences;
    private readonly double[] _sums;

    public CooccurrenceFeatures(GreyLevelGrid grid, TextureSettings settings)
    {
        _grid = grid;
        (_symmetric, Distance) = (settings.SymmetricCooccurrence, settings.CooccurrenceDistance);
        _rows = new double[grid.Levels.Length + 1];
        _columns = new double[grid.Levels.Length + 1];
        var span = grid.Levels[^1] - grid.Levels[0];
        _differences = new double[span + 1];
        _sums = new double[2 * span + 1];
    }

    public static void Add(GreyLevelGrid grid, TextureSettings settings, FeatureSink features) =>
        DirectionalFeatures.Add(new CooccurrenceFeatures(grid, settings), grid, settings, features);

    public IReadOnlyList<string> Tags { get; } =
    [
        "cm_joint_max", "cm_joint_avg", "cm_joint_var", "cm_joint_entr", "cm_diff_avg", "cm_diff_var", "cm_diff_entr", "cm_sum_avg", "cm_sum_var",
        "cm_sum_entr", "cm_energy", "cm_contrast", "cm_dissimilarity", "cm_inv_diff", "cm_inv_diff_norm", "cm_inv_diff_mom", "cm_inv_diff_mom_norm",
        "cm_inv_var", "cm_corr", "cm_auto_corr", "cm_clust_tend", "cm_clust_shade", "cm_clust_prom", "cm_info_corr1", "cm_info_corr2",
    ];

    public string WithoutMatrix => "The ROI has no two voxels at the co-occurrence distance in any direction that has a weight.";

    public int Distance { get; }

    public DirectionalMatrix[] Count(ReadOnlySpan<Step> directions, int fromSlice, int toSlice)
    {
        Span<Step> steps = stackalloc Step[directions.Length];
        for (var d = 0; d < steps.Length; d++)
        {
            steps[d] = directions[d] * Distance;
        }

        return CooccurrenceMatrices.Count(_grid, steps, _symmetric, fromSlice, toSlice);
    }

    public void Measure(DirectionalMatrix matrix, double unit, Span<double> values)
    {
        var (total, maximum, squares, logarithms) = Sweep(matrix);
        // Of a single cell without what rounding would leave of 0; off the diagonal of a symmetric matrix it stands for two, of a bit together.
        var isOne = matrix.Values.Length == 1 && (!_symmetric || matrix.Rows[0] == matrix.Columns[0]);
        var joint = isOne ? 0 : Math.Log2(total) - logarithms / total;
        var (entropyX, meanX, varianceX) = Marginal(_rows, total);
        var (entropyY, meanY, varianceY) = _symmetric ? (entropyX, meanX, varianceX) : Marginal(_columns, total);
        var difference = Differences(total);
        var sum = Sums(total, meanX + meanY);

        // Var(i ± j) = Var i + Var j ± 2 Cov, so the covariance needs no pass of its own.
        var covariance = (sum.Second - difference.Contrast + (meanX - meanY) * (meanX - meanY)) / 4;
        var deviations = Math.Sqrt(varianceX * varianceY);
        var information = Math.Max(0, entropyX + entropyY - joint);
        var entropy = Math.Max(entropyX, entropyY);
        ReadOnlySpan<double> features =
        [
            maximum / total, meanX, varianceX, joint, difference.Mean, difference.Variance, difference.Entropy, meanX + meanY, sum.Second,
            sum.Entropy, squares / (total * total), difference.Contrast, difference.Mean, difference.Inverse, difference.InverseNormalised, difference.InverseMoment,
            difference.InverseMomentNormalised, difference.InverseVariance, deviations > 0 ? covariance / deviations : 1, covariance + meanX * meanY,
            sum.Second, sum.Third, sum.Fourth, entropy > 0 ? -information / entropy : 0, Math.Sqrt(1 - Math.Exp(-2 * information)),
        ];
        features.CopyTo(values);
    }

    /// <summary>Collects the distributions; of a symmetric matrix a cell off the diagonal stands for two.</summary>
    private (double Total, double Maximum, double Squares, double Logarithms) Sweep(DirectionalMatrix matrix)
    {
        Array.Clear(_rows);
        Array.Clear(_columns);
        Array.Clear(_differences);
        Array.Clear(_sums);
        var levels = _grid.Levels;
        double total = 0, maximum = 0, squares = 0, logarithms = 0;
        for (var cell = 0; cell < matrix.Values.Length; cell++)
        {
            var (i, j, value) = (matrix.Rows[cell], matrix.Columns[cell], matrix.Values[cell]);
            var (levelI, levelJ) = (levels[i - 1], levels[j - 1]);
            var cells = _symmetric && i != j ? 2 : 1;
            var weight = cells * value;
            total += weight;
            maximum = Math.Max(maximum, value);
            squares += weight * value;
            logarithms += weight * Math.Log2(value);
            _rows[i] += value;
            if (!_symmetric)
            {
                _columns[j] += value;
            }
            else if (i != j)
            {
                _rows[j] += value;
            }

            _differences[Math.Abs(levelI - levelJ)] += weight;
            _sums[levelI + levelJ - 2 * levels[0]] += weight;
        }

        return (total, maximum, squares, logarithms);
    }

    /// <summary>Of a marginal distribution: entropy, mean and variance of the grey level.</summary>
    private (double Entropy, double Mean, double Variance) Marginal(double[] counts, double total)
    {
        double logarithms = 0, mean = 0, variance = 0;
        var present = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                present++;
                logarithms += counts[i] * Math.Log2(counts[i]);
                mean += counts[i] * _grid.Levels[i - 1];
            }
        }

        if (present == 1)
        {
            // Without what rounding would leave of 0.
            return (0, mean / total, 0);
        }

        mean /= total;
        for (var i = 1; i < counts.Length; i++)
        {
            var deviation = _grid.Levels[i - 1] - mean;
            variance += counts[i] * deviation * deviation;
        }

        return (Math.Log2(total) - logarithms / total, mean, variance / total);
    }

    private DifferenceMoments Differences(double total)
    {
        var result = new DifferenceMoments();
        double logarithms = 0;
        double levels = _grid.LevelCount;
        for (var k = 0; k < _differences.Length; k++)
        {
            var count = _differences[k];
            if (count > 0)
            {
                double square = (double)k * k;
                var p = count / total;
                logarithms += count * Math.Log2(count);
                result.Mean += k * p;
                result.Contrast += square * p;
                result.Inverse += p / (1 + k);
                result.InverseNormalised += p / (1 + k / levels);
                result.InverseMoment += p / (1 + square);
                result.InverseMomentNormalised += p / (1 + square / (levels * levels));
                result.InverseVariance += k > 0 ? p / square : 0;
            }
        }

        result.Entropy = Math.Max(0, Math.Log2(total) - logarithms / total);
        for (var k = 0; k < _differences.Length; k++)
        {
            result.Variance += _differences[k] / total * (k - result.Mean) * (k - result.Mean);
        }

        return result;
    }

    /// <summary>Entropy and central moments of i + j.</summary>
    private (double Entropy, double Second, double Third, double Fourth) Sums(double total, double mean)
    {
        double logarithms = 0, second = 0, third = 0, fourth = 0;
        for (var k = 0; k < _sums.Length; k++)
        {
            var count = _sums[k];
            if (count > 0)
            {
                var deviation = k + 2 * _grid.Levels[0] - mean;
                var square = deviation * deviation;
                logarithms += count * Math.Log2(count);
                second += count * square;
                third += count * square * deviation;
                fourth += count * square * square;
            }
        }

        return (Math.Max(0, Math.Log2(total) - logarithms / total), second / total, third / total, fourth / total);
    }

    /// <summary>What follows from the distribution of |i − j|.</summary>
    private struct DifferenceMoments
    {
        public double Mean;
        public double Variance;
        public double Entropy;
        public double Contrast;
        public double Inverse;
        public double InverseNormalised;
        public double InverseMoment;
        public double InverseMomentNormalised;
        public double InverseVariance;
    }
}
