namespace Radiomics.Learning;

/// <summary>How well a score separates two classes.</summary>
public static class Roc
{
    /// <summary>Area under the ROC curve: the chance that a positive scores above a negative, ties counting half. Both classes must occur.</summary>
    public static double Auc(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var order = Enumerable.Range(0, scores.Count).OrderBy(i => scores[i]).ToArray();
        double won = 0;
        long negativesBelow = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            long positives = 0, negatives = 0;
            for (; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
            {
                if (labels[order[end]])
                {
                    positives++;
                }
                else
                {
                    negatives++;
                }
            }

            won += positives * (negativesBelow + negatives / 2.0);
            negativesBelow += negatives;
            start = end;
        }

        return won / ((double)negativesBelow * (order.Length - negativesBelow));
    }

    /// <summary>
    /// The threshold with the largest sensitivity + specificity − 1, halfway between the scores on its two sides; of several, the one closest to 0.5.
    /// A score equal to the threshold counts as positive.
    /// </summary>
    public static double YoudenThreshold(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var distinct = scores.Distinct().Order().ToArray();
        return distinct.Length < 2
            ? 0.5
            : distinct.Zip(distinct.Skip(1), (low, high) => (low + high) / 2).MaxBy(t => (Math.Round(Youden(scores, labels, t), 9), -Math.Abs(t - 0.5)));
    }

    /// <summary>Shares of positives found and of negatives left alone at a threshold.</summary>
    public static (double Sensitivity, double Specificity) At(IReadOnlyList<double> scores, IReadOnlyList<bool> labels, double threshold)
    {
        double truePositives = 0, trueNegatives = 0;
        var positives = labels.Count(l => l);
        for (var i = 0; i < scores.Count; i++)
        {
            if (labels[i] && scores[i] >= threshold)
            {
                truePositives++;
            }
            else if (!labels[i] && scores[i] < threshold)
            {
                trueNegatives++;
            }
        }

        return (truePositives / positives, trueNegatives / (labels.Count - positives));
    }

    private static double Youden(IReadOnlyList<double> scores, IReadOnlyList<bool> labels, double threshold)
    {
        var (sensitivity, specificity) = At(scores, labels, threshold);
        return sensitivity + specificity - 1;
    }
}
