namespace Radiomics.Extraction;

/// <summary>What run length features are made of, from one pass over the cells and the marginals that it collects. One object takes one matrix after the other.</summary>
internal sealed class RunLengthMeasures(GreyLevelGrid grid)
{
    private readonly double[] _levelRuns = new double[grid.Levels.Length + 1];
    private readonly double[] _lengthRuns = new double[Math.Max(grid.SizeX, Math.Max(grid.SizeY, grid.SizeZ)) + 1];

    /// <summary>N_s, the number of runs.</summary>
    public double Runs { get; private set; }

    /// <summary>N_v.</summary>
    public double VoxelCount { get; private set; }

    /// <summary>What a matrix element of 1 stands for.</summary>
    public double Unit { get; private set; }

    /// <summary>Number of cells that aren't empty.</summary>
    public int Cells { get; private set; }

    /// <summary>Σ r·log₂ r.</summary>
    public double Logarithms { get; private set; }

    /// <summary>Σ r / (i² j²).</summary>
    public double ShortLow { get; private set; }

    /// <summary>Σ r i² / j².</summary>
    public double ShortHigh { get; private set; }

    /// <summary>Σ r j² / i².</summary>
    public double LongLow { get; private set; }

    /// <summary>Σ r i² j².</summary>
    public double LongHigh { get; private set; }

    /// <summary>By grey level i.</summary>
    public Marginal Levels { get; private set; }

    /// <summary>By length j.</summary>
    public Marginal Lengths { get; private set; }

    /// <summary>Takes a matrix that isn't empty.</summary>
    public void Take(DirectionalMatrix matrix, double unit)
    {
        Array.Clear(_levelRuns);
        Array.Clear(_lengthRuns);
        double runs = 0, logarithms = 0, shortLow = 0, shortHigh = 0, longLow = 0, longHigh = 0;
        for (var cell = 0; cell < matrix.Values.Length; cell++)
        {
            var (rank, length, value) = (matrix.Rows[cell], matrix.Columns[cell], matrix.Values[cell]);
            double level = grid.Levels[rank - 1];
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

        (Runs, Logarithms, Unit, Cells, VoxelCount) = (runs, logarithms, unit, matrix.Values.Length, matrix.VoxelCount);
        (ShortLow, ShortHigh, LongLow, LongHigh) = (shortLow, shortHigh, longLow, longHigh);
        Levels = Marginal.Of(_levelRuns, runs, grid.Levels);
        Lengths = Marginal.Of(_lengthRuns, runs, []);
    }

    /// <summary>Of the runs by grey level, or by length: mean of 1/x² and of x², sum of the counts' squares, variance of x.</summary>
    internal readonly record struct Marginal(double Low, double High, double Squares, double Variance)
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
