using MathNet.Numerics.LinearAlgebra.Double;

namespace Radiomics.Learning;

/// <summary>
/// Mean and covariance of rows, the covariance shrunk towards (trace / features) · identity with the weight of Ledoit and Wolf, <i>J. Multivar. Anal.</i> 88 (2004) 365.
/// </summary>
internal sealed class ShrunkCovariance
{
    // Where the rows leave no doubt (one feature, copies of one feature) the weight may be 0, and the covariance have no inverse.
    private const double LeastShrinkage = 1e-3;

    private readonly int _cases;
    private readonly double[,] _covariance;

    private ShrunkCovariance(int cases, double[] mean, double[,] covariance, double shrinkage) =>
        (_cases, Mean, _covariance, Shrinkage) = (cases, mean, covariance, shrinkage);

    public double[] Mean { get; }

    public double Shrinkage { get; }

    public static ShrunkCovariance Fit(double[][] rows)
    {
        var size = rows[0].Length;
        var mean = new double[size];
        for (var i = 0; i < size; i++)
        {
            mean[i] = rows.Average(row => row[i]);
        }

        var covariance = new double[size, size];
        foreach (var row in rows)
        {
            AddProduct(covariance, row, mean, 1.0 / rows.Length);
        }

        return new(rows.Length, mean, covariance, Weight(rows, mean, covariance));
    }

    /// <summary>The same without one of its rows, with the same shrinkage.</summary>
    public ShrunkCovariance Without(double[] row)
    {
        if (_cases < 2)
        {
            return this;
        }

        // mean' = (n·mean − x)/(n − 1); n·S − (x − mean)(x − mean)ᵀ·n/(n − 1) = (n − 1)·S'.
        var (size, left) = (Mean.Length, _cases - 1.0);
        var mean = new double[size];
        for (var i = 0; i < size; i++)
        {
            mean[i] = (_cases * Mean[i] - row[i]) / left;
        }

        var covariance = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                covariance[i, j] = _cases / left * _covariance[i, j];
            }
        }

        AddProduct(covariance, row, Mean, -_cases / (left * left));
        return new(_cases - 1, mean, covariance, Shrinkage);
    }

    /// <summary>Mahalanobis distance of a row from the mean.</summary>
    public double Distance(ReadOnlySpan<double> row) => Distance(row, Mean, Precision());

    /// <summary>√((x − mean)ᵀ · precision · (x − mean)).</summary>
    public static double Distance(ReadOnlySpan<double> row, IReadOnlyList<double> mean, IReadOnlyList<IReadOnlyList<double>> precision)
    {
        double squared = 0;
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                squared += (row[i] - mean[i]) * precision[i][j] * (row[j] - mean[j]);
            }
        }

        return Math.Sqrt(Math.Max(0, squared));
    }

    /// <summary>Inverse of the shrunk covariance.</summary>
    public double[][] Precision() =>
        DenseMatrix.OfArray(Shrunk()).Cholesky().Solve(DenseMatrix.CreateIdentity(Mean.Length)).ToRowArrays();

    private static void AddProduct(double[,] target, double[] row, double[] mean, double weight)
    {
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                target[i, j] += weight * (row[i] - mean[i]) * (row[j] - mean[j]);
            }
        }
    }

    private static double Weight(double[][] rows, double[] mean, double[,] covariance)
    {
        var size = mean.Length;
        var level = Level(covariance);
        double distance = 0, spread = 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                distance += Square(covariance[i, j] - (i == j ? level : 0));
                spread += rows.Sum(row => Square((row[i] - mean[i]) * (row[j] - mean[j]) - covariance[i, j]));
            }
        }

        spread /= Square(rows.Length);
        return distance > 0 ? Math.Clamp(spread / distance, LeastShrinkage, 1) : 1;
    }

    private static double Level(double[,] covariance)
    {
        double trace = 0;
        for (var i = 0; i < covariance.GetLength(0); i++)
        {
            trace += covariance[i, i];
        }

        return trace / covariance.GetLength(0);
    }

    private static double Square(double value) => value * value;

    private double[,] Shrunk()
    {
        // Where nothing varies at all, one standard deviation of the training cases is the unit.
        var level = Level(_covariance) is > 1e-12 and var found ? found : 1;
        var shrunk = new double[Mean.Length, Mean.Length];
        for (var i = 0; i < Mean.Length; i++)
        {
            for (var j = 0; j < Mean.Length; j++)
            {
                shrunk[i, j] = (1 - Shrinkage) * _covariance[i, j] + (i == j ? Shrinkage * level : 0);
            }
        }

        return shrunk;
    }
}
