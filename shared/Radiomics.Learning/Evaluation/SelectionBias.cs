using MathNet.Numerics.Statistics;

namespace Radiomics.Learning;

/// <summary>What choosing the best of several candidates by cross-validation adds to its AUC, taken off again (BBC-CV: Tsamardinos, Greasidou and Borboudakis 2018).</summary>
public static class SelectionBias
{
    /// <summary>
    /// Expected AUC of "the best of these candidates": each resample chooses the candidate that is best in it (the first of equals) and scores it on the cases left out; mean and
    /// 2.5–97.5 percentiles over the resamples. <paramref name="outOfFold"/>[candidate][case]. With <paramref name="patients"/>, whole patients are resampled.
    /// <c>CohortUnusable</c> with fewer than two patients in a class. Parallel; the result depends on the seed alone.
    /// </summary>
    public static (double Auc, Interval Interval) Correct(
        IReadOnlyList<IReadOnlyList<double>> outOfFold, IReadOnlyList<bool> labels, int bootstraps, int seed, IReadOnlyList<string>? patients = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bootstraps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outOfFold.Count, 1);
        foreach (var scores in outOfFold)
        {
            Outcomes.Count(scores, labels);
        }

        var groups = Resampling.Groups(labels, patients, perClass: 2);
        RankedScores[] candidates = [.. outOfFold.Select(scores => new RankedScores(scores))];
        var aucs = Resampling.Each(bootstraps, CancellationToken.None, index =>
        {
            var inside = new int[labels.Count];
            foreach (var i in Resampling.Draw(labels, groups, seed, index, andLeftOut: true))
            {
                inside[i]++;
            }

            int[] outside = [.. inside.Select(count => count == 0 ? 1 : 0)];
            return candidates.MaxBy(candidate => candidate.Auc(labels, inside))!.Auc(labels, outside)!.Value;
        });
        Array.Sort(aucs);
        return (aucs.Average(), new(Percentile(aucs, 0.025), Percentile(aucs, 0.975)));
    }

    private static double Percentile(double[] sorted, double share) => SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);
}
