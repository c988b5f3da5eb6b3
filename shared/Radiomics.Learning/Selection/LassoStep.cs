namespace Radiomics.Learning;

/// <summary>The minimum of the penalised quadratic approximation over the active columns; one object serves all steps of a path.</summary>
internal sealed class LassoStep(double[][] columns, int cases)
{
    private readonly double[] _weighted = new double[cases];
    private readonly double[] _tilt = new double[columns.Length];
    private readonly double[] _slopes = new double[columns.Length];
    private readonly double[] _end = new double[columns.Length];
    private readonly PenalisedQuadratic _quadratic = new(columns.Length);

    /// <summary>Change of the intercept.</summary>
    public double Intercept { get; private set; }

    /// <summary>Derivative of the loss by the intercept.</summary>
    public double InterceptGradient { get; private set; }

    /// <summary>Change of each active coefficient.</summary>
    public double[] Changes { get; } = new double[columns.Length];

    /// <summary>Derivative of the loss by each active coefficient.</summary>
    public double[] Gradients { get; } = new double[columns.Length];

    /// <summary>Finds it from where the coefficients and the loss are.</summary>
    public void Find(List<int> active, double[] coefficients, LogisticLoss loss, double penalty)
    {
        var count = active.Count;
        var weight = Vectors.Sum(loss.Weights);
        InterceptGradient = Vectors.Sum(loss.Residuals);
        _quadratic.Resize(count);
        for (var a = 0; a < count; a++)
        {
            var column = columns[active[a]];
            Vectors.Multiply(column, loss.Weights, _weighted);
            _tilt[a] = Vectors.Sum(_weighted);
            Gradients[a] = Vectors.Dot<double>(column, loss.Residuals);

            // The intercept is put where it is best for any change of the others, which leaves a problem in them alone.
            _slopes[a] = Gradients[a] - _tilt[a] * InterceptGradient / weight;
            _end[a] = coefficients[active[a]];
            for (var b = 0; b <= a; b++)
            {
                _quadratic.Bend(a, b, Vectors.Dot<double>(_weighted, columns[active[b]]) - _tilt[a] * _tilt[b] / weight);
            }
        }

        _quadratic.Minimise(_slopes.AsSpan(0, count), _end.AsSpan(0, count), penalty);
        for (var a = 0; a < count; a++)
        {
            Changes[a] = _end[a] - coefficients[active[a]];
        }

        Intercept = -(InterceptGradient + Vectors.Dot<double>(_tilt.AsSpan(0, count), Changes.AsSpan(0, count))) / weight;
    }
}
