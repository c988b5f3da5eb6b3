namespace Radiomics.Extraction;

/// <summary>
/// PyRadiomics' grey levels. Bins of one width begin at multiples of it. A number of bins spans the range, the last one with its upper end; an ROI of one
/// intensity then lies in the middle of a range of 1. Edges are compared, not quotients rounded, as there.
/// </summary>
internal readonly struct PyRadiomicsBins
{
    private readonly double _lower;
    private readonly double _width;
    private readonly double _step;
    private readonly int _last;

    /// <param name="minimum">The lowest intensity of the ROI.</param>
    /// <param name="maximum">The highest.</param>
    /// <param name="settings">A bin width, or a number of bins.</param>
    /// <param name="areDoubles">Whether intensities are doubles: then edges have NumPy's own rounding, which decides where a value meets one.</param>
    public PyRadiomicsBins(double minimum, double maximum, DiscretisationSettings settings, bool areDoubles = false)
    {
        if (settings.Method == DiscretisationMethod.FixedBinSize)
        {
            _width = settings.BinSize!.Value;
            _lower = areDoubles ? minimum - Remainder(minimum, _width) : GreyLevels.MultipleBelow(minimum, _width);
            _step = areDoubles ? _lower + _width - _lower : _width;
            _last = int.MaxValue;
            ExtractionSettings.Require(
                (maximum - _lower) / _width + 1 < ushort.MaxValue, "The discretisation gives more than 65,535 grey levels; choose a larger bin width or a number of bins.");
        }
        else
        {
            _last = settings.Bins!.Value;
            (_lower, _width) = minimum == maximum ? (minimum - 0.5, 1.0 / _last) : (minimum, (maximum - minimum) / _last);
            _step = _width;
        }
    }

    /// <summary>The grey level, 1 or more, of an intensity of the ROI.</summary>
    public int LevelOf(double value)
    {
        var bin = (int)Math.Floor((value - _lower) / _width);
        if (value < _lower + bin * _step)
        {
            bin--;
        }
        else if (value >= _lower + (bin + 1) * _step)
        {
            bin++;
        }

        return Math.Clamp(bin + 1, 1, _last);
    }

    /// <summary>What is left of a division, of the divisor's sign, which is positive.</summary>
    private static double Remainder(double value, double width) => value % width is var rest && rest < 0 ? rest + width : rest;
}
