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
        using var kept = new KeptRanks(ordered.Length, cases, maxCorrelation);
        var distinct = new List<ScreenedFeature>();
        foreach (var feature in ordered)
        {
            cancellation.ThrowIfCancellationRequested();
            if (kept.Add(ranks.AsSpan(feature.RankRow * cases, cases), feature.Ties))
                distinct.Add(feature);
        }

        return distinct;
    }

    /// <summary>
    /// The ranks kept so far. Comparing all pairs is what selection on many features would spend its time on, so a pair is compared on a quarter of the cases first:
    /// the rest adds at most the product of its norms (Cauchy–Schwarz), which settles all but the pairs that come close.
    /// </summary>
    private sealed class KeptRanks(int capacity, int cases, double maxCorrelation) : IDisposable
    {
        // What rounding in float may add up to, as a share; and what it makes of a correlation that is the limit itself.
        private const double Rounding = 1e-5;
        private const double Equal = 1 + 1e-12;
        private const int Lanes = 16;

        private readonly int _head = Head(cases);
        private readonly float[] _heads = ArrayPool<float>.Shared.Rent(capacity * Head(cases));
        private readonly float[] _tails = ArrayPool<float>.Shared.Rent(capacity * (cases - Head(cases)));
        private readonly double[] _norms = new double[capacity];
        private readonly double[] _tailNorms = new double[capacity];
        private int _count;

        /// <summary>Keeps the ranks and returns true unless they correlate too much with some that are kept.</summary>
        public bool Add(ReadOnlySpan<float> ranks, double ties)
        {
            var head = ranks[.._head];
            var tail = ranks[_head..];
            var norm = Math.Sqrt(Ranks.SquaredNorm(cases, ties));
            var tailNorm = Math.Sqrt(Vectors.Dot(tail, tail));
            for (var k = 0; k < _count; k++)
            {
                var limit = maxCorrelation * norm * _norms[k];
                double product = Vectors.Dot(head, _heads.AsSpan(k * _head, _head));
                if (Math.Abs(product) + tailNorm * _tailNorms[k] < (1 - Rounding) * limit)
                    continue;
                product += Vectors.Dot(tail, _tails.AsSpan(k * tail.Length, tail.Length));
                if (Math.Abs(product) > limit * Equal)
                    return false;
            }

            head.CopyTo(_heads.AsSpan(_count * _head));
            tail.CopyTo(_tails.AsSpan(_count * tail.Length));
            (_norms[_count], _tailNorms[_count]) = (norm, tailNorm);
            _count++;
            return true;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            ArrayPool<float>.Shared.Return(_heads);
            ArrayPool<float>.Shared.Return(_tails);
        }

        private static int Head(int cases) => Math.Min(cases, Math.Max(Lanes, cases / 4 / Lanes * Lanes));
    }
}
