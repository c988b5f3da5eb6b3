using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>The rule that turns an intensity into a grey level 1 … <see cref="Count"/> (IBSI manual 2.7).</summary>
internal readonly record struct GreyLevels
{
    // One formula for all methods, a quotient rounded once: a value on the edge of two levels is in the upper one, as it is in whole numbers.
    private readonly double _lower;
    private readonly double _times;
    private readonly double _by;

    /// <summary>Finds the rule for an ROI with these intensities (ascending).</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: not discretised, and no grey levels either; or too many levels.</exception>
    /// <param name="sorted">The intensities of the ROI, ascending.</param>
    /// <param name="discretisation">The method.</param>
    /// <param name="lowerLimit">The lower re-segmentation limit; null if there is none, or none on these intensities.</param>
    public GreyLevels(ReadOnlySpan<float> sorted, DiscretisationSettings discretisation, double? lowerLimit)
    {
        double maximum = sorted[^1];
        (_times, _by) = (1, 1);
        switch (discretisation.Method)
        {
            case DiscretisationMethod.FixedBinNumber:
                _lower = sorted[0];
                Count = discretisation.Bins!.Value;
                (_times, _by) = maximum > _lower ? (Count, maximum - _lower) : (0, 1);
                break;
            case DiscretisationMethod.FixedBinSize:
                _by = discretisation.BinSize!.Value;
                _lower = discretisation.Origin switch
                {
                    BinOrigin.Zero => MultipleBelow(sorted[0], _by),
                    BinOrigin.Minimum => sorted[0],
                    _ => lowerLimit ?? sorted[0],
                };
                Count = CheckedCount(Math.Floor((maximum - _lower) / _by) + 1);
                break;
            default:
                foreach (var value in sorted)
                {
                    ExtractionSettings.Require(
                        value >= 1 && value == MathF.Floor(value),
                        "Without discretisation the intensities must be grey levels, integers from 1 on; choose 'fixedBinNumber' or 'fixedBinSize'.");
                }

                _lower = 1;
                Count = CheckedCount(maximum);
                break;
        }
    }

    /// <summary>Number of grey levels.</summary>
    public int Count { get; }

    /// <summary>The grey level of an intensity of the ROI.</summary>
    public int LevelOf(float value) => Math.Clamp((int)((value - _lower) * _times / _by) + 1, 1, Count);

    /// <summary>The grey levels of many, sixteen at a time.</summary>
    public void LevelsOf(ReadOnlySpan<float> values, Span<ushort> levels)
    {
        var i = 0;
        for (; i <= values.Length - 16; i += 16)
        {
            var (a, b) = Vector256.Widen(Vector256.Create(values.Slice(i, 8)));
            var (c, d) = Vector256.Widen(Vector256.Create(values.Slice(i + 8, 8)));
            Vector256.Narrow(Vector256.Narrow(LevelBits(a), LevelBits(b)), Vector256.Narrow(LevelBits(c), LevelBits(d))).CopyTo(levels[i..]);
        }

        for (; i < values.Length; i++)
        {
            levels[i] = (ushort)LevelOf(values[i]);
        }
    }

    /// <summary>Levels in the lowest bits: whole numbers above 2^52 are their own mantissa.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<ulong> LevelBits(Vector256<double> values)
    {
        var level = Vector256.Floor((values - Vector256.Create(_lower)) * _times / _by);
        level = Vector256.Max(Vector256<double>.Zero, Vector256.Min(level, Vector256.Create(Count - 1.0)));
        return (level + Vector256.Create(4503599627370497.0)).AsUInt64();
    }

    /// <summary>The multiple of a bin's width at or below a value, which of huge values rounding may put above it.</summary>
    public static double MultipleBelow(double value, double width) => Math.Min(value, Math.Floor(value / width) * width);

    private static int CheckedCount(double count)
    {
        ExtractionSettings.Require(count < 1 << 16, "The discretisation gives more than 65,535 grey levels; choose a larger 'binSize' or 'fixedBinNumber'.");
        return (int)count;
    }
}
