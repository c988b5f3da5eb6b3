namespace Radiomics.Learning;

/// <summary>One feature of a harmonisation: what it is standardised by, and what each batch then has of shift and variance.</summary>
internal sealed class FeatureModel
{
    private const double Rounding = 1e-10;

    private readonly double _mean;
    private readonly double _deviation;
    private readonly double[] _effects;

    private FeatureModel(double mean, double deviation, double[] effects, double[][] standard)
    {
        (_mean, _deviation, _effects, Standard) = (mean, deviation, effects, standard);
        Shift = new double[standard.Length];
        Variance = new double[standard.Length];
    }

    /// <summary>Standardised values present in each batch.</summary>
    public double[][] Standard { get; }

    /// <summary>Shift of each batch in deviations, to be taken off.</summary>
    public double[] Shift { get; }

    /// <summary>Variance of each batch in squared deviations, to be divided by.</summary>
    public double[] Variance { get; }

    /// <summary>
    /// Grand mean (batches weighted by their cases), covariate effects and pooled deviation within batches; null if values are present in fewer than two batches, are too few,
    /// or vary within batches by rounding only.
    /// </summary>
    /// <param name="column">Values, NaN where missing.</param>
    /// <param name="batchOfRow">Batch of each value.</param>
    /// <param name="batches">Number of batches.</param>
    /// <param name="covariates">Covariates of each value.</param>
    public static FeatureModel? Fit(double[] column, int[] batchOfRow, int batches, double[][] covariates)
    {
        int[] present = [.. Enumerable.Range(0, column.Length).Where(i => double.IsFinite(column[i]))];
        int[] batch = [.. present.Select(i => batchOfRow[i])];
        var presentBatches = batch.Distinct().Count();
        var count = covariates.Length == 0 ? 0 : covariates[0].Length;
        if (presentBatches < 2 || present.Length <= presentBatches + count)
        {
            return null;
        }

        double[] values = [.. present.Select(i => column[i])];
        double[][] columns = [.. Enumerable.Range(0, count).Select(c => present.Select(i => covariates[i][c]).ToArray())];
        var total = values.Average();
        double[] covariateMeans = [.. columns.Select(c => c.Average())];
        double[] centered = [.. values];
        WithinBatches.Center(centered, batch, batches);
        foreach (var covariate in columns)
        {
            WithinBatches.Center(covariate, batch, batches);
        }

        var effects = WithinBatches.Solve(columns, centered);
        double squares = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var residual = centered[i];
            for (var c = 0; c < count; c++)
            {
                residual -= effects[c] * columns[c][i];
            }

            squares += residual * residual;
        }

        var deviation = Math.Sqrt(squares / values.Length);
        if (!(deviation > Rounding * values.Max(Math.Abs)))
        {
            return null;
        }

        // The mean of the batches' intercepts, weighted by their cases, is the mean less what the covariates' means explain.
        var mean = total - effects.Zip(covariateMeans, (effect, m) => effect * m).Sum();
        var standard = present.Zip(batch, (i, b) => (Batch: b, Value: (column[i] - mean - Explained(effects, covariates[i])) / deviation))
            .ToLookup(v => v.Batch, v => v.Value);
        return new(mean, deviation, effects, [.. Enumerable.Range(0, batches).Select(b => standard[b].ToArray())]);
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
