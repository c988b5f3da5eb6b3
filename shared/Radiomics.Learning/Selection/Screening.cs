using System.Buffers;

namespace Radiomics.Learning;

/// <summary>The steps that look at one feature alone, and at none of the labels until the last: missing values, variance, stability, ranks.</summary>
internal sealed class Screening(FeatureMatrix matrix, int[] rows, SelectionSettings settings) : IDisposable
{
    private readonly double[] _values = new double[rows.Length];
    private readonly double[] _sorted = new double[rows.Length];
    private readonly int[] _order = new int[rows.Length];
    private float[] _ranks = [];

    /// <summary>Features with enough values.</summary>
    public int Imputed { get; private set; }

    /// <summary>Those of them that vary.</summary>
    public int Varying { get; private set; }

    /// <summary>Those of them that are stable.</summary>
    public List<ScreenedFeature> Features { get; } = [];

    /// <summary>The ranks of <see cref="Features"/>, a row each, where labels were given.</summary>
    public float[] RankRows => _ranks;

    /// <summary>Screens the included columns for what they say of the labels.</summary>
    public void Screen(bool[] included, IReadOnlyDictionary<string, double>? stability, bool[] labels)
    {
        _ranks = ArrayPool<float>.Shared.Rent(included.Count(isIn => isIn) * rows.Length);
        for (var column = 0; column < included.Length; column++)
        {
            var bound = 0.0;
            if (!included[column] || Vary(column) is not { } feature)
                continue;
            if (stability is not null && !(stability.TryGetValue(feature.Name, out bound) && bound >= settings.StabilityCutoff))
                continue;
            var ranks = _ranks.AsSpan(Features.Count * rows.Length, rows.Length);
            var ties = Ranks.Write(_sorted, _order, ranks);
            Features.Add(feature with { Stability = bound, RankRow = Features.Count, Ties = ties, Z = MannWhitney.Z(ranks, ties, labels) });
        }
    }

    /// <summary>Screens all columns for missing values and variance only.</summary>
    public void Screen()
    {
        for (var column = 0; column < matrix.Columns.Count; column++)
        {
            if (Vary(column) is { } feature)
                Features.Add(feature);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<float>.Shared.Return(_ranks);

    private ScreenedFeature? Vary(int column)
    {
        var all = matrix.Columns[column];
        for (var i = 0; i < rows.Length; i++)
        {
            _values[i] = all[rows[i]];
        }

        if (Imputation.Fill(_values, _sorted, _order, settings.MaxMissing) is not { } median)
            return null;
        Imputed++;
        var scale = Standardisation.Of(_values);
        if (NearZeroVariance.Is(_sorted, settings.MaxSameValue) || !(scale.Deviation > 0 && double.IsFinite(scale.Deviation)))
            return null;
        Varying++;
        return new ScreenedFeature(matrix.Names[column], column, median, scale, Stability: 0, RankRow: 0, Ties: 0, Z: 0);
    }
}
