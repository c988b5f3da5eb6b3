namespace Radiomics.Extraction;

/// <summary>
/// Moran's I and Geary's C over all pairs of voxels of the intensity mask, weighted by the inverse of their distance in mm (IBSI manual 3.1.28–29). Both come
/// from three sums over ordered pairs k ≠ l, of w, of w·x_k·x_l, and of w·x_k²: with x the intensity less its mean, w·(x_k − x_l)² adds up to twice the
/// third less twice the second.
/// </summary>
internal static class SpatialAutocorrelation
{
    private const string AllEqual = "All intensities are equal.";

    public static readonly FeatureTable<Indices> Table = new(
        FeatureFamily.SpatialAutocorrelation,
        new("morph_moran_i", "N365", "Moran's I index", FeatureUnit.None, "3.1.28", "N / Σ w_kl · Σ w_kl (x_k − μ) (x_l − μ) / Σ (x_k − μ)² over pairs k ≠ l, w_kl = 1 / distance", m => m.Moran)
        {
            Undefined = AllEqual,
        },
        new("morph_geary_c", "NPT7", "Geary's C measure", FeatureUnit.None, "3.1.29", "(N − 1) / (2 Σ w_kl) · Σ w_kl (x_k − x_l)² / Σ (x_k − μ)² over pairs k ≠ l, w_kl = 1 / distance", m => m.Geary)
        {
            Undefined = AllEqual,
        });

    public static void Add(ProcessedRoi roi, int threads, FeatureSink features)
    {
        var (moran, geary) = Measure(roi.Intensity, threads);
        Table.Add(new(moran, geary), features);
    }

    /// <summary>Moran's I and Geary's C; NaN where all intensities are equal.</summary>
    public static (double Moran, double Geary) Measure(RoiGrid grid, int threads)
    {
        var rows = MaskRows.Of(grid.Mask, grid.Box);
        var (deviations, count, squares) = Deviations(rows, grid.Intensities);
        if (squares == 0)
        {
            return (double.NaN, double.NaN);
        }

        var sums = IsDirectCheaper(count, grid.Box)
            ? PairSums.Direct(rows, deviations, grid.Spacing)
            : PairSums.Transformed(rows, deviations, grid.Spacing, threads);
        return (
            count / sums.Weights * sums.Products / squares,
            (count - 1) / sums.Weights * (sums.Squares - sums.Products) / squares);
    }

    /// <summary>Whether all pairs are fewer steps than the transforms of a box twice the size along each axis.</summary>
    private static bool IsDirectCheaper(long count, VoxelBox box) =>
        0.5 * count * count < 4.0 * (2 * box.SizeX) * (2 * box.SizeY) * (2 * box.SizeZ);

    /// <summary>Intensities less their mean in units of their standard deviation, 0 outside; how many; and the sum of their squares (0 if all are equal).</summary>
    private static (double[] Deviations, long Count, double Squares) Deviations(MaskRows rows, Intensities intensities)
    {
        long count = 0;
        double sum = 0;
        var (minimum, maximum) = (double.PositiveInfinity, double.NegativeInfinity);
        ForEachRun((start, run) =>
        {
            count += run;
            for (var i = start; i < start + run; i++)
            {
                var value = intensities[i];
                sum += value;
                minimum = Math.Min(minimum, value);
                maximum = Math.Max(maximum, value);
            }
        });
        var deviations = new double[intensities.Length];
        if (minimum == maximum)
        {
            return (deviations, count, 0);
        }

        var mean = sum / count;
        double squares = 0;
        ForEachRun((start, run) =>
        {
            for (var i = start; i < start + run; i++)
            {
                deviations[i] = intensities[i] - mean;
                squares += deviations[i] * deviations[i];
            }
        });
        var scale = 1 / Math.Sqrt(squares / count);
        squares = 0;
        ForEachRun((start, run) =>
        {
            for (var i = start; i < start + run; i++)
            {
                deviations[i] *= scale;
                squares += deviations[i] * deviations[i];
            }
        });
        return (deviations, count, squares);

        void ForEachRun(Action<int, int> action)
        {
            for (var row = 0; row < rows.SizeY * rows.SizeZ; row++)
            {
                var bits = rows.Row(row % rows.SizeY, row / rows.SizeY);
                for (var from = 0; MaskRows.NextRun(bits, from, out var start, out var end); from = end)
                {
                    action(row * rows.SizeX + start, end - start);
                }
            }
        }
    }

    /// <summary>Both.</summary>
    internal sealed record Indices(double Moran, double Geary);
}
