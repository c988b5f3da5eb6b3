namespace Radiomics.Learning;

/// <summary>Everything a model card says about probabilities and outcomes.</summary>
public static class Evaluator
{
    private const int Groups = 10;
    private const int CasesPerGroup = 5;

    /// <summary>
    /// For the regressions on the log-odds, probabilities are moved this far from 0 and 1, where log-odds are infinite; log-odds of ±13.8 are beyond what a cohort can refute.
    /// Nothing else clips.
    /// </summary>
    private const double Margin = 1e-6;

    /// <summary>
    /// Evaluates probabilities at a threshold (inclusive). <c>CohortUnusable</c> if only one class occurs; <see cref="ArgumentException"/> for a probability outside [0,1].
    /// </summary>
    public static Evaluation Evaluate(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels, double threshold)
    {
        if (!probabilities.All(p => p is >= 0 and <= 1))
        {
            throw new ArgumentException("A probability lies outside [0,1].", nameof(probabilities));
        }

        var (positives, negatives) = Outcomes.Count(probabilities, labels);
        var (truePositives, falsePositives) = Positive(probabilities, labels, threshold);
        var trueNegatives = negatives - falsePositives;
        var decidedPositive = truePositives + falsePositives;
        var (slope, intercept) = Calibrate(probabilities, labels);
        return new()
        {
            Cases = labels.Count,
            Positives = positives,
            Auc = Learning.Roc.Auc(probabilities, labels),
            AucInterval = DeLong.Interval(probabilities, labels),
            Threshold = threshold,
            Accuracy = (double)(truePositives + trueNegatives) / labels.Count,
            Sensitivity = (double)truePositives / positives,
            Specificity = (double)trueNegatives / negatives,
            PositivePredictiveValue = decidedPositive == 0 ? null : (double)truePositives / decidedPositive,
            NegativePredictiveValue = decidedPositive == labels.Count ? null : (double)trueNegatives / (labels.Count - decidedPositive),
            Brier = probabilities.Zip(labels, (p, label) => (p - (label ? 1 : 0)) * (p - (label ? 1 : 0))).Average(),
            CalibrationSlope = slope,
            CalibrationIntercept = intercept,
            Roc = Learning.Roc.Curve(probabilities, labels),
            Calibration = Group(probabilities, labels),
            Decision = [.. Enumerable.Range(1, 99).Select(percent => Benefit(probabilities, labels, percent / 100.0, positives, negatives))],
        };
    }

    private static (int True, int False) Positive(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels, double threshold)
    {
        int right = 0, wrong = 0;
        for (var i = 0; i < labels.Count; i++)
        {
            if (probabilities[i] >= threshold)
            {
                (right, wrong) = labels[i] ? (right + 1, wrong) : (right, wrong + 1);
            }
        }

        return (right, wrong);
    }

    private static (double? Slope, double Intercept) Calibrate(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels)
    {
        double[] logOdds = [.. probabilities.Select(p => LogisticLine.LogOdds(Math.Clamp(p, Margin, 1 - Margin)))];
        double[] outcomes = [.. labels.Select(label => label ? 1.0 : 0.0)];
        var ofPositives = logOdds.Where((_, i) => labels[i]);
        var ofNegatives = logOdds.Where((_, i) => !labels[i]);

        // The likelihood has a maximum only where each class reaches into the other (Albert and Anderson 1984).
        var overlap = ofPositives.Min() < ofNegatives.Max() && ofNegatives.Min() < ofPositives.Max();
        return (overlap ? LogisticLine.Fit(logOdds, outcomes).Slope : null, LogisticLine.Intercept(logOdds, outcomes));
    }

    /// <summary>Groups between the quantiles of the probabilities: equal in size but for ties, which stay together; at least five cases a group on average.</summary>
    private static CalibrationPoint[] Group(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels)
    {
        double[] sorted = [.. probabilities];
        bool[] sortedLabels = [.. labels];
        Array.Sort(sorted, sortedLabels);
        var groups = Math.Clamp(sorted.Length / CasesPerGroup, 1, Groups);
        double[] edges = [.. Enumerable.Range(1, groups - 1).Select(edge => sorted[(int)((long)edge * (sorted.Length - 1) / groups)])];
        return
        [
            .. Enumerable.Range(0, sorted.Length)
                .GroupBy(i => edges.Count(edge => sorted[i] > edge))
                .Select(group => new CalibrationPoint(group.Average(i => sorted[i]), (double)group.Count(i => sortedLabels[i]) / group.Count(), group.Count())),
        ];
    }

    private static DecisionPoint Benefit(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels, double threshold, int positives, int negatives)
    {
        var (right, wrong) = Positive(probabilities, labels, threshold);
        var odds = threshold / (1 - threshold);
        return new(threshold, (right - wrong * odds) / labels.Count, (positives - negatives * odds) / labels.Count);
    }
}
