namespace Radiomics.Learning;

/// <summary>From a score to a probability: 1 / (1 + e^−(slope · score + intercept)) (Platt 1999).</summary>
/// <param name="Slope">Log-odds per unit of score; 0 if the score says nothing.</param>
/// <param name="Intercept">Log-odds at score 0.</param>
public sealed record PlattCalibration(double Slope, double Intercept)
{
    /// <summary>Probability of the outcome at a score.</summary>
    public double Probability(double score) => LogisticLine.Sigmoid(Slope * score + Intercept);

    /// <summary>
    /// Maximum likelihood by Newton's method with backtracking (Lin, Lin and Weng 2007) for Platt's smoothed targets, (N₊+1)/(N₊+2) and 1/(N₋+2), which keep it finite where
    /// the classes are separated. Scores that are all equal give slope 0; so do those that rank the wrong way, since a calibration that turned a model round would make
    /// of one that does worse than chance one that seems to do better. <c>CohortUnusable</c> if only one class occurs; <see cref="ArgumentException"/> if a score isn't finite.
    /// </summary>
    public static PlattCalibration Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var (positives, negatives) = Outcomes.Count(scores, labels);
        var high = (positives + 1.0) / (positives + 2.0);
        var low = 1.0 / (negatives + 2.0);
        double[] targets = [.. labels.Select(label => label ? high : low)];
        var (slope, intercept) = LogisticLine.Fit([.. scores], targets);
        return slope > 0 ? new(slope, intercept) : new(0, LogisticLine.LogOdds(targets.Average()));
    }
}
