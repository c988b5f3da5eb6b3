using System.Buffers;

namespace Radiomics.Learning;

/// <summary>Of features that rank the cases alike, one stays.</summary>
internal static class Redundancy
{
    /// <summary>
    /// Takes the features in the order of <see cref="ScreenedFeature.ByStability"/> and keeps each whose absolute Spearman correlation with all kept before is at most
    /// <paramref name="maxCorrelation"/>.
    /// </summary>
    /// <param name="features">Features that are still in.</param>
    /// <param name="ranks">Their ranks, <paramref name="cases"/> values a row.</param>
    /// <param name="cases">Number of training cases.</param>
    /// <param name="maxCorrelation">Largest absolute correlation that isn't redundant.</param>
    /// <param name="cancellation">Looked at feature by feature.</param>
    public static List<ScreenedFeature> Reduce(
        IReadOnlyCollection<ScreenedFeature> features, float[] ranks, int cases, double maxCorrelation, CancellationToken cancellation)
    {
        ScreenedFeature[] ordered = [.. features];
        Array.Sort(ordered, ScreenedFeature.ByStability);
        var kept = new List<ScreenedFeature>();
        // The kept ranks lie together, each over its own norm: what follows is all of the time that selection takes on many features.
        var keptRanks = ArrayPool<float>.Shared.Rent(ordered.Length * cases);
        var limits = ArrayPool<double>.Shared.Rent(ordered.Length);
        foreach (var feature in ordered)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = ranks.AsSpan(feature.RankRow * cases, cases);
            var norm = Math.Sqrt(Ranks.SquaredNorm(cases, feature.Ties));
            if (IsRedundant(row, norm, keptRanks, limits.AsSpan(0, kept.Count)))
                continue;
            row.CopyTo(keptRanks.AsSpan(kept.Count * cases));
            limits[kept.Count] = maxCorrelation * norm;
            kept.Add(feature);
        }

        ArrayPool<float>.Shared.Return(keptRanks);
        ArrayPool<double>.Shared.Return(limits);
        return kept;
    }

    private static bool IsRedundant(ReadOnlySpan<float> ranks, double norm, ReadOnlySpan<float> kept, ReadOnlySpan<double> limits)
    {
        for (var k = 0; k < limits.Length; k++)
        {
            if (Math.Abs(Vectors.Dot(ranks, kept.Slice(k * ranks.Length, ranks.Length))) > limits[k] * norm)
                return true;
        }

        return false;
    }
}
