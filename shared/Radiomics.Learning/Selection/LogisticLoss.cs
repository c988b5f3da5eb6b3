namespace Radiomics.Learning;

/// <summary>Mean log-loss of the cases with its first and second derivatives by each case's log-odds.</summary>
internal sealed class LogisticLoss(bool[] labels)
{
    // A case that is as good as certain keeps some curvature, so that no step divides by 0.
    private const double LeastCurvature = 1e-9;

    private readonly double[] _residuals = new double[labels.Length];
    private readonly double[] _weights = new double[labels.Length];

    /// <summary>Mean log-loss.</summary>
    public double Mean { get; private set; }

    /// <summary>First derivatives: (probability − label) / n.</summary>
    public ReadOnlySpan<double> Residuals => _residuals;

    /// <summary>Second derivatives: probability · (1 − probability) / n.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Evaluates all at these log-odds.</summary>
    public void At(ReadOnlySpan<double> logOdds)
    {
        var (sum, product) = (0.0, 1.0);
        for (var i = 0; i < logOdds.Length; i++)
        {
            var x = logOdds[i];
            var odds = Math.Exp(-Math.Abs(x));
            var likely = 1 / (1 + odds);
            var probability = x >= 0 ? likely : odds * likely;
            _residuals[i] = (labels[i] ? (x >= 0 ? -odds * likely : -likely) : probability) / labels.Length;
            _weights[i] = Math.Max(LeastCurvature, odds * likely * likely) / labels.Length;
            sum += Math.Max(0, labels[i] ? -x : x);
            // One logarithm for many cases: each factor lies in (1, 2].
            product *= 1 + odds;
            if (product > 1e290)
                (sum, product) = (sum + Math.Log(product), 1);
        }

        Mean = (sum + Math.Log(product)) / labels.Length;
    }
}
