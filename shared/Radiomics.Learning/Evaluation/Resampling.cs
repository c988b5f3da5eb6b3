using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>Bootstrap resamples, one random stream each, so that they can be drawn in any order.</summary>
internal static class Resampling
{
    /// <summary>
    /// As many groups as there are, drawn with replacement, with all their cases; drawn again until the resample, and if asked the cases left out too, have both classes.
    /// <paramref name="groups"/> keeps the studies of one patient together; null: each case for itself.
    /// </summary>
    public static int[] Draw(IReadOnlyList<bool> labels, int[][] groups, int seed, int index, bool andLeftOut)
    {
        var random = new Random(Seeds.Derive(seed, "resample", index));
        while (true)
        {
            var chosen = new int[groups.Length];
            for (var i = 0; i < groups.Length; i++)
            {
                chosen[i] = random.Next(groups.Length);
            }

            int[] cases = [.. chosen.SelectMany(group => groups[group])];
            if (HasBoth(cases, labels) && (!andLeftOut || HasBoth(Enumerable.Range(0, groups.Length).Except(chosen).SelectMany(group => groups[group]), labels)))
            {
                return cases;
            }
        }
    }

    /// <summary>A number a resample, computed in parallel, in the order of the resamples.</summary>
    public static double[] Each(int count, CancellationToken cancellation, Func<int, double> measure)
    {
        var measured = new double[count];
        InSlots.Run(count, cancellation, index => measured[index] = measure(index));
        return measured;
    }

    /// <summary>
    /// The cases by patient, in order of first appearance. <c>CohortUnusable</c> if a class lies in fewer than <paramref name="perClass"/> groups, where
    /// <see cref="Draw"/> might never end.
    /// </summary>
    public static int[][] Groups(IReadOnlyList<bool> labels, IReadOnlyList<string>? patients, int perClass)
    {
        if (patients is not null && patients.Count != labels.Count)
        {
            throw new ArgumentException($"There are {patients.Count} patients for {labels.Count} labels.", nameof(patients));
        }

        Outcomes.Count(labels);
        int[][] groups = [.. Enumerable.Range(0, labels.Count).GroupBy(i => patients?[i] ?? $"{i}", StringComparer.Ordinal).Select(group => group.ToArray())];
        var positive = groups.Count(group => group.Any(i => labels[i]));
        var negative = groups.Count(group => group.Any(i => !labels[i]));
        return Math.Min(positive, negative) >= perClass
            ? groups
            : throw new RadiomicsException("CohortUnusable",
                $"At least {perClass} patients with and {perClass} without the outcome are needed to resample; there are {positive} and {negative}.");
    }

    private static bool HasBoth(IEnumerable<int> cases, IReadOnlyList<bool> labels)
    {
        bool positive = false, negative = false;
        foreach (var i in cases)
        {
            positive |= labels[i];
            negative |= !labels[i];
        }

        return positive && negative;
    }
}
