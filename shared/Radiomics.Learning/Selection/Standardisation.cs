namespace Radiomics.Learning;

/// <summary>z-scores: mean and population standard deviation of the training cases.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Population standard deviation.</param>
internal readonly record struct Standardisation(double Mean, double Deviation)
{
    /// <summary>Mean and deviation, in two passes; no value is NaN.</summary>
    public static Standardisation Of(ReadOnlySpan<double> values)
    {
        var mean = Vectors.Sum(values) / values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new(mean, Math.Sqrt(squares / values.Length));
    }

    /// <summary>Values to z-scores, in place; all 0 where nothing varies.</summary>
    public void Apply(Span<double> values)
    {
        var scale = Deviation > 0 ? 1 / Deviation : 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] - Mean) * scale;
        }
    }
}
