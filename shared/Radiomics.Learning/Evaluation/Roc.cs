namespace Radiomics.Learning;

/// <summary>
/// How well a score separates two classes. Everywhere both classes must occur, else <c>CohortUnusable</c>; a score that isn't finite is an
/// <see cref="ArgumentException"/>.
/// </summary>
public static class Roc
{
    /// <summary>Area under the ROC curve: the chance that a positive scores above a negative, ties counting half.</summary>
    public static double Auc(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        Outcomes.Count(scores, labels);
        var once = new int[scores.Count];
        Array.Fill(once, 1);
        return new RankedScores(scores).Auc(labels, once)!.Value;
    }

    /// <summary>
    /// The threshold with the largest sensitivity + specificity − 1, halfway between the scores on its two sides; of several, the one closest to 0.5, then the lowest.
    /// A score equal to the threshold counts as positive. 0.5 if all scores are equal.
    /// </summary>
    public static double YoudenThreshold(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var (positives, negatives) = Outcomes.Count(scores, labels);
        var best = (Youden: long.MinValue, Distance: 0.0, Threshold: 0.5);
        var steps = Steps(scores, labels);
        for (var i = steps.Count - 1; i > 0; i--)
        {
            // Sensitivity − false positive rate, times both class sizes: whole numbers, in which a tie is a tie.
            var youden = (long)steps[i - 1].TruePositives * negatives - (long)steps[i - 1].FalsePositives * positives;
            var threshold = Between(steps[i].Score, steps[i - 1].Score);
            var distance = Math.Abs(threshold - 0.5);
            if (youden > best.Youden || youden == best.Youden && distance < best.Distance)
            {
                best = (youden, distance, threshold);
            }
        }

        return best.Threshold;
    }

    /// <summary>The curve from (0,0) to (1,1), a point a distinct score, from the highest down; none is left out for lying on a line.</summary>
    public static IReadOnlyList<RocPoint> Curve(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var (positives, negatives) = Outcomes.Count(scores, labels);
        return [new(0, 0), .. Steps(scores, labels).Select(step => new RocPoint((double)step.FalsePositives / negatives, (double)step.TruePositives / positives))];
    }

    /// <summary>Distinct scores from the highest down, with the counts of both classes at or above each.</summary>
    private static List<(double Score, int TruePositives, int FalsePositives)> Steps(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        double[] sorted = [.. scores];
        bool[] sortedLabels = [.. labels];
        Array.Sort(sorted, sortedLabels);
        var steps = new List<(double, int, int)>();
        int truePositives = 0, falsePositives = 0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            if (sortedLabels[i])
            {
                truePositives++;
            }
            else
            {
                falsePositives++;
            }

            if (i == 0 || sorted[i - 1] != sorted[i])
            {
                steps.Add((sorted[i], truePositives, falsePositives));
            }
        }

        return steps;
    }

    /// <summary>A number above <paramref name="low"/> and at most <paramref name="high"/>, halfway where doubles allow it.</summary>
    private static double Between(double low, double high)
    {
        var middle = low + high;
        middle = double.IsFinite(middle) ? middle / 2 : low / 2 + high / 2;
        return middle > low && middle <= high ? middle : high;
    }
}
