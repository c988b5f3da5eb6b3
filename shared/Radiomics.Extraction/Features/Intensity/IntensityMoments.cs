using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// The statistics that intensities (<c>stat_</c>) and grey levels (<c>ih_</c>) have in common, of values in ascending order.
/// Sums run over the sorted values in double precision, so that they don't depend on the order of voxels.
/// </summary>
internal sealed record IntensityMoments
{
    public required double Mean { get; init; }

    /// <summary>Population variance.</summary>
    public required double Variance { get; init; }

    /// <summary>0 where all values are equal (IBSI manual 3.3.3).</summary>
    public required double Skewness { get; init; }

    /// <summary>Excess kurtosis; 0 where all values are equal (IBSI manual 3.3.4).</summary>
    public required double Kurtosis { get; init; }

    public required double Minimum { get; init; }

    public required double P10 { get; init; }

    public required double P25 { get; init; }

    public required double Median { get; init; }

    public required double P75 { get; init; }

    public required double P90 { get; init; }

    public required double Maximum { get; init; }

    /// <summary>Mean distance from the mean.</summary>
    public required double MeanAbsoluteDeviation { get; init; }

    /// <summary>Mean distance from their own mean of the values between the 10th and the 90th percentile, both included.</summary>
    public required double RobustMeanAbsoluteDeviation { get; init; }

    /// <summary>Mean distance from the median.</summary>
    public required double MedianAbsoluteDeviation { get; init; }

    /// <summary>Sum of squares.</summary>
    public required double Energy { get; init; }

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    public double InterquartileRange => P75 - P25;

    public double Range => Maximum - Minimum;

    /// <summary>Not finite if the mean is 0.</summary>
    public double CoefficientOfVariation => Math.Sqrt(Variance) / Mean;

    /// <summary>Not finite if the quartiles add up to 0.</summary>
    public double QuartileCoefficientOfDispersion => (P75 - P25) / (P75 + P25);

    /// <summary>Of values in ascending order.</summary>
    public static IntensityMoments Of(Intensities sorted) => sorted.Doubles is { } doubles ? OfDoubles(doubles) : Of<float>(sorted.Floats);

    /// <summary>
    /// Doubles may lie so far from 0 that sums and the mean are rounded by more than their distances are: those that have no rounding to fear are measured then,
    /// from the lowest value on.
    /// </summary>
    private static IntensityMoments OfDoubles(double[] sorted)
    {
        var moments = Of<double>(sorted);
        var lowest = sorted[0];
        if (Math.Abs(lowest) <= moments.Range)
        {
            return moments;
        }

        var distances = new double[sorted.Length];
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = sorted[i] - lowest;
        }

        var fromLowest = Of<double>(distances);
        return fromLowest with
        {
            Mean = lowest + fromLowest.Mean,
            Minimum = lowest,
            P10 = moments.P10,
            P25 = moments.P25,
            Median = moments.Median,
            P75 = moments.P75,
            P90 = moments.P90,
            Maximum = moments.Maximum,
            Energy = moments.Energy,
        };
    }

    private static IntensityMoments Of<T>(ReadOnlySpan<T> sorted)
        where T : unmanaged
    {
        var (minimum, maximum) = (Real.ToDouble(sorted[0]), Real.ToDouble(sorted[^1]));
        var n = sorted.Length;
        var (sum, energy) = SumAndEnergy(sorted);
        var mean = sum / n;
        var median = Percentile(sorted, 50);
        var (m2, m3, m4, aroundMean) = Powers(sorted, mean);
        var variance = minimum == maximum ? 0 : m2 / n;
        var (p10, p90) = (Percentile(sorted, 10), Percentile(sorted, 90));
        var between = sorted[CountBelow(sorted, p10, orEqual: false)..CountBelow(sorted, p90, orEqual: true)];

        // One or two values have none between their percentiles.
        var robust = between.IsEmpty ? double.NaN : SumOfDistances(between, SumAndEnergy(between).Sum / between.Length) / between.Length;
        return new()
        {
            Count = n,
            Mean = mean,
            Variance = variance,
            Skewness = variance == 0 ? 0 : m3 / n / Math.Pow(variance, 1.5),
            Kurtosis = variance == 0 ? 0 : m4 / n / (variance * variance) - 3,
            Minimum = minimum,
            P10 = p10,
            P25 = Percentile(sorted, 25),
            Median = median,
            P75 = Percentile(sorted, 75),
            P90 = p90,
            Maximum = maximum,
            MeanAbsoluteDeviation = aroundMean / n,
            RobustMeanAbsoluteDeviation = robust,
            MedianAbsoluteDeviation = SumOfDistances(sorted, median) / n,
            Energy = energy,
        };
    }

    /// <summary>Percentile by linear interpolation between the closest ranks.</summary>
    private static double Percentile<T>(ReadOnlySpan<T> sorted, int percent)
        where T : unmanaged
    {
        var (rank, fraction) = Rank(sorted.Length, percent);
        var below = Real.ToDouble(sorted[rank]);
        return fraction == 0 ? below : below + fraction * (Real.ToDouble(sorted[rank + 1]) - below);
    }

    /// <summary>A percentile's rank, whole and fraction; in whole numbers, so that a rank that is whole is exactly so.</summary>
    internal static (int Rank, double Fraction) Rank(int count, int percent)
    {
        var scaled = (long)(count - 1) * percent;
        return ((int)(scaled / 100), scaled % 100 / 100.0);
    }

    /// <summary>How many values are below a limit, or not above it.</summary>
    private static int CountBelow<T>(ReadOnlySpan<T> sorted, double limit, bool orEqual)
        where T : unmanaged
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var value = Real.ToDouble(sorted[middle]);
            if (value < limit || (orEqual && value == limit))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // The sums run in four lanes, added up in one order at the end: the same bits on every processor.
    private static (double Sum, double Energy) SumAndEnergy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var (sum, energy) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            var x = Load(values, i);
            sum += x;
            energy += x * x;
        }

        var (total, squares) = (Vector256.Sum(sum), Vector256.Sum(energy));
        for (; i < values.Length; i++)
        {
            var x = Real.ToDouble(values[i]);
            total += x;
            squares += x * x;
        }

        return (total, squares);
    }

    private static (double M2, double M3, double M4, double Distances) Powers<T>(ReadOnlySpan<T> values, double mean)
        where T : unmanaged
    {
        var (m2, m3, m4, distances) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var means = Vector256.Create(mean);
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            var d = Load(values, i) - means;
            var d2 = d * d;
            m2 += d2;
            m3 += d2 * d;
            m4 += d2 * d2;
            distances += Vector256.Abs(d);
        }

        var (s2, s3, s4, s) = (Vector256.Sum(m2), Vector256.Sum(m3), Vector256.Sum(m4), Vector256.Sum(distances));
        for (; i < values.Length; i++)
        {
            var d = Real.ToDouble(values[i]) - mean;
            var d2 = d * d;
            s2 += d2;
            s3 += d2 * d;
            s4 += d2 * d2;
            s += Math.Abs(d);
        }

        return (s2, s3, s4, s);
    }

    private static double SumOfDistances<T>(ReadOnlySpan<T> values, double center)
        where T : unmanaged
    {
        var distances = Vector256<double>.Zero;
        var centers = Vector256.Create(center);
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            distances += Vector256.Abs(Load(values, i) - centers);
        }

        var sum = Vector256.Sum(distances);
        for (; i < values.Length; i++)
        {
            sum += Math.Abs(Real.ToDouble(values[i]) - center);
        }

        return sum;
    }

    private static Vector256<double> Load<T>(ReadOnlySpan<T> values, int index)
        where T : unmanaged => Real.Load4(in values.Slice(index, 4)[0]);
}
