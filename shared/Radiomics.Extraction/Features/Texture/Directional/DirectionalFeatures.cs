namespace Radiomics.Extraction;

/// <summary>
/// Brings directions and slices together in every way that the settings ask for (IBSI manual 3.6 and 3.7, "Aggregating features"). The matrices are built
/// once for the whole volume, and once slice by slice if there is a 2D aggregation; those of the four directions in plane are 2.5D's. Matrices without a pair
/// or run (a slice of one voxel) count in no average.
/// </summary>
/// <remarks>
/// With distance weighting a direction's matrix is multiplied by <c>w = exp(−|m|²)</c> before it is merged, m being the step in mm; an average over
/// directions is the weighted mean. The weights are held relative to the nearest direction's, so that steps of many millimetres don't vanish.
/// </remarks>
internal sealed class DirectionalFeatures
{
    private readonly IDirectionalFamily _family;
    private readonly FeatureSink _features;
    private readonly double[] _weights = new double[Step.Directions.Length];
    private readonly double _unit;
    private readonly double[] _values;

    private DirectionalFeatures(IDirectionalFamily family, GreyLevelGrid grid, int directions, DistanceWeighting weighting, FeatureSink features)
    {
        (_family, _features) = (family, features);
        _values = new double[family.Features.Length];
        var nearest = double.PositiveInfinity;
        for (var d = 0; d < directions; d++)
        {
            _weights[d] = (Step.Directions[d] * family.Distance).SquaredLength(grid.Spacing, weighting);
            nearest = Math.Min(nearest, _weights[d]);
        }

        for (var d = 0; d < directions; d++)
        {
            _weights[d] = Math.Exp(nearest - _weights[d]);
        }

        _unit = Math.Exp(-nearest);
    }

    /// <summary>All aggregations of a family.</summary>
    public static void Add(IDirectionalFamily family, GreyLevelGrid grid, TextureSettings settings, FeatureSink features)
    {
        var inVolume = Has(Aggregation.Averaged3D, Aggregation.Merged3D);
        var volume = inVolume ? family.Count(Step.Directions, 0, grid.SizeZ)
            : Has(Aggregation.Averaged2Point5D, Aggregation.Merged2Point5D) ? family.Count(Step.InPlane, 0, grid.SizeZ)
            : [];
        var space = new DirectionalFeatures(family, grid, Step.Directions.Length, settings.DistanceWeighting, features);
        var plane = new DirectionalFeatures(family, grid, Step.InPlane.Length, settings.DistanceWeighting, features);
        if (Has(Aggregation.Averaged2D, Aggregation.Merged2D))
        {
            plane.AddSlices(grid.SizeZ, settings.Aggregations);
        }

        foreach (var aggregation in settings.Aggregations)
        {
            switch (aggregation)
            {
                case Aggregation.Averaged2Point5D:
                    plane.AddAverage(volume.AsSpan(0, Step.InPlane.Length), FeatureEndings.Of(Aggregation.Averaged2Point5D));
                    break;
                case Aggregation.Merged2Point5D:
                    plane.AddMerged(volume.AsSpan(0, Step.InPlane.Length), FeatureEndings.Of(Aggregation.Merged2Point5D));
                    break;
                case Aggregation.Averaged3D:
                    space.AddAverage(volume, FeatureEndings.Of(Aggregation.Averaged3D));
                    break;
                case Aggregation.Merged3D:
                    space.AddMerged(volume, FeatureEndings.Of(Aggregation.Merged3D));
                    break;
            }
        }

        bool Has(Aggregation a, Aggregation b) => settings.Aggregations.Contains(a) || settings.Aggregations.Contains(b);
    }

    private void AddSlices(int slices, IReadOnlyList<Aggregation> aggregations)
    {
        var (averaged, merged) = (new Mean(_values.Length), new Mean(_values.Length));
        for (var z = 0; z < slices; z++)
        {
            var matrices = _family.Count(Step.InPlane, z, z + 1);
            if (aggregations.Contains(Aggregation.Averaged2D))
            {
                Average(matrices, averaged);
            }

            if (aggregations.Contains(Aggregation.Merged2D))
            {
                Average([Merge(matrices)], merged);
            }
        }

        if (aggregations.Contains(Aggregation.Averaged2D))
        {
            Add(averaged, FeatureEndings.Of(Aggregation.Averaged2D));
        }

        if (aggregations.Contains(Aggregation.Merged2D))
        {
            Add(merged, FeatureEndings.Of(Aggregation.Merged2D));
        }
    }

    private void AddAverage(ReadOnlySpan<DirectionalMatrix> matrices, string ending)
    {
        var mean = new Mean(_values.Length);
        Average(matrices, mean);
        Add(mean, ending);
    }

    private void AddMerged(ReadOnlySpan<DirectionalMatrix> matrices, string ending)
    {
        var mean = new Mean(_values.Length);
        Average([Merge(matrices)], mean);
        Add(mean, ending);
    }

    private DirectionalMatrix Merge(ReadOnlySpan<DirectionalMatrix> matrices) => DirectionalMatrix.Merge(matrices, _weights.AsSpan(0, matrices.Length));

    /// <summary>Adds each direction's features with its weight; of a merged matrix, which stands alone, the weight is in its elements.</summary>
    private void Average(ReadOnlySpan<DirectionalMatrix> matrices, Mean mean)
    {
        var merged = matrices.Length == 1;
        for (var d = 0; d < matrices.Length; d++)
        {
            if (!matrices[d].IsEmpty)
            {
                _family.Measure(matrices[d], merged ? _unit : 1, _values);
                mean.Add(_values, merged ? 1 : _weights[d]);
            }
        }
    }

    private void Add(Mean mean, string ending)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            _features.Add(_family.Features[i], ending, mean.Of(i), _family.WithoutMatrix);
        }
    }

    /// <summary>Weighted mean of feature values; NaN of none.</summary>
    private sealed class Mean(int features)
    {
        private readonly double[] _sums = new double[features];
        private double _weight;

        public void Add(ReadOnlySpan<double> values, double weight)
        {
            _weight += weight;
            for (var i = 0; i < _sums.Length; i++)
            {
                _sums[i] += weight * values[i];
            }
        }

        public double Of(int feature) => _sums[feature] / _weight;
    }
}
