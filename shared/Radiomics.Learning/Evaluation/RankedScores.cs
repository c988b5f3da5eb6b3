namespace Radiomics.Learning;

/// <summary>Scores sorted once, so that the AUC of any resample is one pass.</summary>
internal sealed class RankedScores
{
    private readonly int[] _order;
    private readonly bool[] _lastOfTie;

    /// <summary>Sorts the scores; all finite.</summary>
    public RankedScores(IReadOnlyList<double> scores)
    {
        double[] sorted = [.. scores];
        _order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, _order);
        _lastOfTie = new bool[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            _lastOfTie[i] = i + 1 == sorted.Length || sorted[i + 1] != sorted[i];
        }
    }

    /// <summary>
    /// AUC where case i occurs <paramref name="weights"/>[i] times; ties count half. Counted in whole numbers, so that the order within ties can't matter.
    /// Null if no case with, or no case without the outcome has a weight.
    /// </summary>
    public double? Auc(IReadOnlyList<bool> labels, ReadOnlySpan<int> weights)
    {
        long wonTwice = 0, below = 0, allPositives = 0, positives = 0, negatives = 0;
        for (var i = 0; i < _order.Length; i++)
        {
            var index = _order[i];
            var weight = weights[index];
            if (labels[index])
            {
                positives += weight;
            }
            else
            {
                negatives += weight;
            }

            if (_lastOfTie[i])
            {
                wonTwice += positives * (2 * below + negatives);
                below += negatives;
                allPositives += positives;
                positives = negatives = 0;
            }
        }

        return below == 0 || allPositives == 0 ? null : wonTwice / (2.0 * below * allPositives);
    }
}
