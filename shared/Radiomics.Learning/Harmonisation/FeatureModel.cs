namespace Radiomics.Learning;

/// <summary>One feature of a harmonisation: what it is standardised by, and what each batch then has of shift and variance.</summary>
internal sealed class FeatureModel
{
    private const double Rounding = 1e-10;

    private readonly double _mean;
    private readonly double _deviation;
    private readonly double[] _effects;

    private FeatureModel(double mean, double deviation, double[] effects, BatchMoments[] batches)
    {
        (_mean, _deviation, _effects, Batches) = (mean, deviation, effects, batches);
        Shift = new double[batches.Length];
        Variance = new double[batches.Length];
    }

    /// <summary>The standardised values of each batch.</summary>
    public BatchMoments[] Batches { get; }

    /// <summary>Shift of each batch in deviations, to be taken off.</summary>
    public double[] Shift { get; }

    /// <summary>Variance of each batch in squared deviations, to be divided by.</summary>
    public double[] Variance { get; }

    /// <summary>
    /// Grand mean (batches weighted by their cases), covariate effects and pooled deviation within batches; null if values are present in fewer than two
    /// batches, are too few, or vary within batches by rounding only.
    /// </summary>
    /// <param name="column">Values, NaN where missing.</param>
    /// <param name="complete">The cases of these values.</param>
    /// <param name="batches">Number of batches.</param>
    public static FeatureModel? Fit(double[] column, WithinBatches complete, int batches)
    {
        var (values, cases) = (column, complete);
        if (!column.All(double.IsFinite))
        {
            int[] present = [.. Enumerable.Range(0, column.Length).Where(i => double.IsFinite(column[i]))];
            values = Array.ConvertAll(present, i => column[i]);
            cases = new(Array.ConvertAll(present, i => complete.Batch[i]), batches, Array.ConvertAll(present, i => complete.Covariates[i]));
        }

        var presentBatches = cases.Batch.Distinct().Count();
        if (presentBatches < 2 || values.Length <= presentBatches + complete.CovariateMeans.Length)
        {
            return null;
        }

        var (effects, squares) = cases.Fit(values);
        var deviation = Math.Sqrt(squares / values.Length);
        if (!(deviation > Rounding * values.Max(Math.Abs)))
        {
            return null;
        }

        // The mean of the batches' intercepts, weighted by their cases, is the mean less what the covariates' means explain.
        var mean = values.Average() - Explained(effects, cases.CovariateMeans);
        var standard = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            standard[i] = (values[i] - mean - Explained(effects, cases.Covariates[i])) / deviation;
        }

        return new(mean, deviation, effects, BatchMoments.Of(standard, cases.Batch, batches));
    }

    /// <summary>A value without its batch's shift and scale; NaN stays NaN.</summary>
    public double Harmonise(double value, int batch, double[] covariates)
    {
        var kept = _mean + Explained(_effects, covariates);
        return ((value - kept) / _deviation - Shift[batch]) / Math.Sqrt(Variance[batch]) * _deviation + kept;
    }

    private static double Explained(double[] effects, double[] covariates)
    {
        double sum = 0;
        for (var i = 0; i < effects.Length; i++)
        {
            sum += effects[i] * covariates[i];
        }

        return sum;
    }
}
