namespace Radiomics.Extraction;

/// <summary>
/// PyRadiomics' grey levels. Bins of one width begin at multiples of it. A number of bins spans the range, the last one with its upper end; an ROI of one
/// intensity then lies in the middle of a range of 1. Edges are compared, not quotients rounded, as there.
/// </summary>
internal readonly struct PyRadiomicsBins
{
    private readonly double _lower;
    private readonly double _width;
    private readonly int _last;

    public PyRadiomicsBins(float minimum, float maximum, DiscretisationSettings settings)
    {
        if (settings.Method == DiscretisationMethod.FixedBinSize)
        {
            _width = settings.BinSize!.Value;
            _lower = GreyLevels.MultipleBelow(minimum, _width);
            _last = int.MaxValue;
            ExtractionSettings.Require(
                (maximum - _lower) / _width + 1 < ushort.MaxValue, "The discretisation gives more than 65,535 grey levels; choose a larger bin width or a number of bins.");
        }
        else
        {
            _last = settings.Bins!.Value;
            (_lower, _width) = minimum == maximum ? (minimum - 0.5, 1.0 / _last) : (minimum, ((double)maximum - minimum) / _last);
        }
    }

    /// <summary>The grey level, 1 or more, of an intensity of the ROI.</summary>
    public int LevelOf(float value)
    {
        var bin = (int)Math.Floor((value - _lower) / _width);
        if (value < _lower + bin * _width)
        {
            bin--;
        }
        else if (value >= _lower + (bin + 1) * _width)
        {
            bin++;
        }

        return Math.Clamp(bin + 1, 1, _last);
    }
}
