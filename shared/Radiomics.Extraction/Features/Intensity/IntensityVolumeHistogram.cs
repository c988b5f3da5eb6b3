namespace Radiomics.Extraction;

/// <summary>
/// Which share of the intensity mask's volume has at least an intensity (IBSI manual 3.5), at levels of one step from the lowest on. No table is made: with
/// the intensities in ascending order a level's share is one search, so that a wide range of fine steps costs no more than a narrow one.
/// </summary>
internal readonly struct IntensityVolumeHistogram
{
    private readonly Intensities _sorted;
    private readonly double _origin;
    private readonly double _width;
    private readonly double _firstLevel;
    private readonly double _step;
    private readonly double _lastBin;
    private readonly double _slack;

    /// <param name="sorted">Intensities, ascending.</param>
    /// <param name="discretisation">
    /// None: levels are whole units from the lowest intensity on (for calibrated intensities such as CT numbers); fixed bin size: levels are the bins' centers;
    /// fixed bin number: levels are 1 … N.
    /// </param>
    /// <param name="limits">The re-segmentation range, which is the histogram's too unless the bin number is fixed.</param>
    public IntensityVolumeHistogram(Intensities sorted, DiscretisationSettings discretisation, ReSegmentationSettings limits)
    {
        _sorted = sorted;
        double minimum = sorted[0], maximum = sorted[^1];
        if (discretisation.Method == DiscretisationMethod.FixedBinNumber)
        {
            var bins = discretisation.Bins!.Value;
            (_origin, _width) = (minimum, (maximum - minimum) / bins);
            (_firstLevel, _step, _lastBin) = (1, 1, bins - 1);
            _slack = _width > 0 ? GreyLevels.Slack(sorted, _width) : 0;
            Span = bins - 1;
            return;
        }

        _step = discretisation.BinSize ?? 1;
        _slack = GreyLevels.Slack(sorted, _step);
        _origin = discretisation.Origin switch
        {
            BinOrigin.Zero => GreyLevels.MultipleBelow(minimum, _step, _slack),
            BinOrigin.Minimum => minimum,
            _ => limits.Lower ?? minimum,
        };
        var range = (limits.Upper ?? maximum) - _origin;
        _width = _step;
        _lastBin = double.PositiveInfinity;
        var centers = discretisation.Method == DiscretisationMethod.FixedBinSize;
        _firstLevel = centers ? _origin + 0.5 * _step : _origin;
        Span = centers ? range - _step : range;
    }

    /// <summary>Highest less lowest level.</summary>
    public double Span { get; }

    /// <summary>The largest share of the volume with at least this part of the intensity range; NaN if the range has one level.</summary>
    public double VolumeAt(int percentOfIntensity) =>
        Span > 0 ? (double)(_sorted.Length - CountBelow(Math.Ceiling(percentOfIntensity * Span / (100 * _step)))) / _sorted.Length : double.NaN;

    /// <summary>The lowest level that at most this part of the volume has.</summary>
    public double IntensityAt(int percentOfVolume)
    {
        var most = (int)((long)_sorted.Length * percentOfVolume / 100);

        // The last voxel that may not be among them decides: the level above its own.
        return _firstLevel + (BinOf(_sorted[_sorted.Length - 1 - most]) + 1) * _step;
    }

    /// <summary>Area under the curve of volume share over intensity share, by trapezoids; 0 if all voxels have one level.</summary>
    public double Area()
    {
        if (BinOf(_sorted[0]) == BinOf(_sorted[^1]))
        {
            return 0;
        }

        // The shares of all levels add up to the mean of each voxel's number of levels at or below it.
        var levels = Math.Floor(Span / _step + _slack) + 1;
        double sum = 0;
        foreach (var value in _sorted)
        {
            sum += Math.Min(levels, BinOf(value) + 1);
        }

        double n = _sorted.Length;
        var ends = 1 + (n - CountBelow(levels - 1)) / n;
        return Span > 0 ? (sum / n - ends / 2) * _step / Span : double.NaN;
    }

    /// <summary>How many voxels have a lower level than the one numbered <paramref name="bin"/>.</summary>
    private int CountBelow(double bin)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (BinOf(_sorted[middle]) < bin)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private double BinOf(double value) => _width > 0 ? Math.Min(Math.Floor((value - _origin) / _width + _slack), _lastBin) : 0;
}
