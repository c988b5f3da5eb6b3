namespace Radiomics.Extraction;

/// <summary>The rule that turns an intensity into a grey level 1 … <see cref="Count"/> (IBSI manual 2.7).</summary>
internal readonly record struct GreyLevels
{
    private readonly DiscretisationMethod _method;
    private readonly double _lower;
    private readonly double _width;

    /// <summary>Finds the rule for an ROI with these intensities (ascending).</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: not discretised, and no grey levels either; or too many levels.</exception>
    /// <param name="sorted">The intensities of the ROI, ascending.</param>
    /// <param name="discretisation">The method.</param>
    /// <param name="lowerLimit">The lower re-segmentation limit; null if there is none, or none on these intensities.</param>
    public GreyLevels(ReadOnlySpan<float> sorted, DiscretisationSettings discretisation, double? lowerLimit)
    {
        _method = discretisation.Method;
        double maximum = sorted[^1];
        switch (_method)
        {
            case DiscretisationMethod.FixedBinNumber:
                _lower = sorted[0];
                Count = discretisation.Bins!.Value;
                _width = (maximum - _lower) / Count;
                break;
            case DiscretisationMethod.FixedBinSize:
                _width = discretisation.BinSize!.Value;
                _lower = discretisation.Origin switch
                {
                    BinOrigin.Zero => Math.Floor(sorted[0] / _width) * _width,
                    BinOrigin.Minimum => sorted[0],
                    _ => lowerLimit ?? sorted[0],
                };
                Count = CheckedCount((maximum - _lower) / _width + 1);
                break;
            default:
                foreach (var value in sorted)
                {
                    ExtractionSettings.Require(
                        value >= 1 && value == MathF.Floor(value),
                        "Without discretisation the intensities must be grey levels, integers from 1 on; choose 'fixedBinNumber' or 'fixedBinSize'.");
                }

                Count = CheckedCount(maximum);
                break;
        }
    }

    /// <summary>Number of grey levels.</summary>
    public int Count { get; }

    /// <summary>The grey level of an intensity of the ROI.</summary>
    public int LevelOf(float value) => _method switch
    {
        DiscretisationMethod.None => (int)value,
        _ when _width <= 0 => 1,
        _ => Math.Clamp((int)Math.Floor((value - _lower) / _width) + 1, 1, Count),
    };

    private static int CheckedCount(double count)
    {
        ExtractionSettings.Require(count < 1 << 16, "The discretisation gives more than 65,535 grey levels; choose a larger 'binSize' or 'fixedBinNumber'.");
        return (int)Math.Floor(count);
    }
}
