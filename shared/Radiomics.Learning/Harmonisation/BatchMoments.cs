namespace Radiomics.Learning;

/// <summary>Standardised values of a feature in a batch, as far as shift and scale need them.</summary>
/// <param name="Count">Number of values present.</param>
/// <param name="Mean">Their mean; 0 if there are none.</param>
/// <param name="Squares">Sum of their squared deviations from the mean.</param>
internal readonly record struct BatchMoments(int Count, double Mean, double Squares)
{
    /// <summary>Unbiased variance, of two values at least.</summary>
    public double Variance => Squares / (Count - 1);

    /// <summary>The moments of each batch.</summary>
    public static BatchMoments[] Of(double[] values, int[] batch, int batches)
    {
        var counts = new int[batches];
        var sums = new double[batches];
        var squares = new double[batches];
        for (var i = 0; i < values.Length; i++)
        {
            counts[batch[i]]++;
            sums[batch[i]] += values[i];
        }

        for (var i = 0; i < values.Length; i++)
        {
            var deviation = values[i] - sums[batch[i]] / counts[batch[i]];
            squares[batch[i]] += deviation * deviation;
        }

        return [.. counts.Select((count, b) => new BatchMoments(count, count == 0 ? 0 : sums[b] / count, squares[b]))];
    }
}
