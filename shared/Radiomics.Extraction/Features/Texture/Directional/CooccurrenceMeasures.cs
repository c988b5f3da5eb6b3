namespace Radiomics.Extraction;

/// <summary>
/// What co-occurrence features are made of. Everything but the joint maximum, energy and entropy follows from the marginals p_i. and p_.j and from the
/// distributions of i − j and i + j, which one pass over the cells collects. One object takes one matrix after the other.
/// </summary>
internal sealed class CooccurrenceMeasures
{
    private readonly GreyLevelGrid _grid;
    private readonly double[] _rows;
    private readonly double[] _columns;
    private readonly double[] _differences;
    private readonly double[] _sums;

    public CooccurrenceMeasures(GreyLevelGrid grid, bool isSymmetric)
    {
        (_grid, IsSymmetric) = (grid, isSymmetric);
        _rows = new double[grid.Levels.Length + 1];
        _columns = new double[grid.Levels.Length + 1];
        var span = grid.Levels[^1] - grid.Levels[0];
        _differences = new double[span + 1];
        _sums = new double[2 * span + 1];
    }

    /// <summary>Whether only cells with column ≥ row are stored, those off the diagonal standing for two.</summary>
    public bool IsSymmetric { get; }

    /// <summary>Number of grey levels that occur in the ROI; of a kernel those in it, and one more if it has one of several.</summary>
    public int Levels => Math.Max(_grid.Levels.Length, Math.Min(_grid.OccurringLevels, 2));

    /// <summary>The matrix at hand.</summary>
    public DirectionalMatrix Matrix { get; private set; } = new() { Rows = [], Columns = [], Values = [] };

    /// <summary>Sum of all elements.</summary>
    public double Total { get; private set; }

    /// <summary>The largest element.</summary>
    public double Maximum { get; private set; }

    /// <summary>Sum of the elements' squares.</summary>
    public double Squares { get; private set; }

    /// <summary>HXY.</summary>
    public double JointEntropy { get; private set; }

    /// <summary>μ_x.</summary>
    public double MeanX { get; private set; }

    /// <summary>μ_y.</summary>
    public double MeanY { get; private set; }

    /// <summary>σ_x².</summary>
    public double VarianceX { get; private set; }

    /// <summary>Of |i − j|.</summary>
    public DifferenceMoments Difference { get; private set; }

    /// <summary>Of i + j: entropy and central moments.</summary>
    public (double Entropy, double Second, double Third, double Fourth) Sum { get; private set; }

    /// <summary>Of i and j.</summary>
    public double Covariance { get; private set; }

    /// <summary>σ_x σ_y.</summary>
    public double Deviations { get; private set; }

    /// <summary>HX + HY − HXY.</summary>
    public double Information { get; private set; }

    /// <summary>The larger of HX and HY.</summary>
    public double MarginalEntropy { get; private set; }

    /// <summary>Takes a matrix that isn't empty.</summary>
    public void Take(DirectionalMatrix matrix)
    {
        Matrix = matrix;
        (Total, Maximum, Squares, var logarithms) = Sweep(matrix);
        // Of a single cell without what rounding would leave of 0; off the diagonal of a symmetric matrix it stands for two, of a bit together.
        var isOne = matrix.Values.Length == 1 && (!IsSymmetric || matrix.Rows[0] == matrix.Columns[0]);
        JointEntropy = isOne ? 0 : Math.Log2(Total) - logarithms / Total;
        (var entropyX, MeanX, VarianceX) = Marginal(_rows, Total);
        (var entropyY, MeanY, var varianceY) = IsSymmetric ? (entropyX, MeanX, VarianceX) : Marginal(_columns, Total);
        Difference = Differences(Total);
        Sum = Sums(Total, MeanX + MeanY);

        // Var(i ± j) = Var i + Var j ± 2 Cov, so the covariance needs no pass of its own.
        Covariance = (Sum.Second - Difference.Contrast + (MeanX - MeanY) * (MeanX - MeanY)) / 4;
        Deviations = Math.Sqrt(VarianceX * varianceY);
        Information = Math.Max(0, entropyX + entropyY - JointEntropy);
        MarginalEntropy = Math.Max(entropyX, entropyY);
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
            var cells = IsSymmetric && i != j ? 2 : 1;
            var weight = cells * value;
            total += weight;
            maximum = Math.Max(maximum, value);
            squares += weight * value;
            logarithms += weight * Math.Log2(value);
            _rows[i] += value;
            if (!IsSymmetric)
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
    internal struct DifferenceMoments
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
