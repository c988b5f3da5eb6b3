namespace Radiomics.Learning;

/// <summary>
/// Solves one penalty after another, each from the last solution. A step minimises the quadratic approximation over the active columns by coordinate descent
/// (<see cref="PenalisedQuadratic"/>) and goes as far along it as the objective falls, so that separable classes are no danger; columns whose gradient exceeds the penalty join
/// until none does.
/// </summary>
internal sealed class LassoSolver
{
    private const int MaxSteps = 200;
    private const double Converged = 1e-5;
    private const double Slack = 1e-9;
    private const double Rounding = 1e-14;
    private const double LeastShare = 1e-9;

    private readonly double[][] _columns;
    private readonly LogisticLoss _loss;
    private readonly LassoStep _step;
    private readonly double[] _coefficients;
    private readonly double[] _direction;
    private readonly double[] _logOdds;
    private readonly List<int> _active = [];
    private readonly bool[] _isActive;
    private double _intercept;
    private double _lastPenalty = double.PositiveInfinity;

    /// <summary>Starts where only the intercept counts.</summary>
    /// <param name="columns">z-scores, a column a feature.</param>
    /// <param name="labels">Class of each case; both occur.</param>
    public LassoSolver(double[][] columns, bool[] labels)
    {
        _columns = columns;
        _loss = new LogisticLoss(labels);
        _step = new LassoStep(columns, labels.Length);
        _coefficients = new double[columns.Length];
        _isActive = new bool[columns.Length];
        _direction = new double[labels.Length];
        _logOdds = new double[labels.Length];
        double positives = labels.Count(label => label);
        _intercept = Math.Log(positives / (labels.Length - positives));
        Array.Fill(_logOdds, _intercept);
        _loss.At(_logOdds);
    }

    /// <summary>The solution at one penalty.</summary>
    public LassoFit Solve(double penalty)
    {
        // The strong rule: what is likely to join is let in before the first step. Whatever it misses joins afterwards.
        Admit(double.IsInfinity(_lastPenalty) ? penalty : 2 * penalty - _lastPenalty);
        do
        {
            var steps = 0;
            // Close to the solution a whole step squares the distance, so that after a small one what is left is nothing.
            while (steps++ < MaxSteps && !Step(penalty))
            {
            }
        }
        while (Admit(penalty * (1 + Slack)));

        _lastPenalty = penalty;
        return new LassoFit(penalty, _intercept, [.. _coefficients]);
    }

    // Lets in the columns whose gradient is above a threshold; false where there is none.
    private bool Admit(double threshold)
    {
        var before = _active.Count;
        for (var j = 0; j < _columns.Length; j++)
        {
            if (_isActive[j] || Math.Abs(Vectors.Dot<double>(_columns[j], _loss.Residuals)) <= threshold)
                continue;
            _isActive[j] = true;
            _active.Add(j);
        }

        return _active.Count > before;
    }

    // One step; true where it was whole and small, or none leads downwards.
    private bool Step(double penalty)
    {
        _step.Find(_active, _coefficients, _loss, penalty);
        Array.Fill(_direction, _step.Intercept);
        var (largest, slope, norm) = (Math.Abs(_step.Intercept), _step.Intercept * _step.InterceptGradient, 0.0);
        for (var a = 0; a < _active.Count; a++)
        {
            var (j, change) = (_active[a], _step.Changes[a]);
            norm += Math.Abs(_coefficients[j]);
            if (change == 0)
                continue;
            Vectors.Add(_direction, change, _columns[j]);
            largest = Math.Max(largest, Math.Abs(change));
            slope += change * _step.Gradients[a] + penalty * (Math.Abs(_coefficients[j] + change) - Math.Abs(_coefficients[j]));
        }

        var share = GoAlong(penalty, _loss.Mean + penalty * norm, slope);
        return share == 1 ? largest <= Converged : share < LeastShare;
    }

    // Halves the step until the objective falls by a fraction of what the slope promises; returns the share of the step taken.
    private double GoAlong(double penalty, double objective, double slope)
    {
        var taken = 0.0;
        for (var share = 1.0; ; share /= 2)
        {
            Vectors.Add(_logOdds, share - taken, _direction);
            taken = share;
            _loss.At(_logOdds);
            var norm = 0.0;
            for (var a = 0; a < _active.Count; a++)
            {
                norm += Math.Abs(_coefficients[_active[a]] + share * _step.Changes[a]);
            }

            if (_loss.Mean + penalty * norm <= objective + 1e-4 * share * slope + Rounding * objective || share < LeastShare)
                break;
        }

        _intercept += taken * _step.Intercept;
        for (var a = 0; a < _active.Count; a++)
        {
            _coefficients[_active[a]] += taken * _step.Changes[a];
        }

        return taken;
    }
}
