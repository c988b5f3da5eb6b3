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

    // Numbers in double precision are often decimal fractions that are rounded already: one that a few of its last bits keep from an edge is meant to be on it.
    // As a part of a level; 0 for floats, whose differences and quotients double precision holds well enough.
    private readonly double _slack;

    /// <summary>Finds the rule for an ROI with these intensities (ascending).</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: not discretised, and no grey levels either; or too many levels.</exception>
    /// <param name="sorted">The intensities of the ROI, ascending.</param>
    /// <param name="discretisation">The method.</param>
    /// <param name="lowerLimit">The lower re-segmentation limit; null if there is none, or none on these intensities.</param>
    public GreyLevels(Intensities sorted, DiscretisationSettings discretisation, double? lowerLimit)
    {
        var (minimum, maximum) = (sorted[0], sorted[^1]);
        (_times, _by) = (1, 1);
        switch (discretisation.Method)
        {
            case DiscretisationMethod.FixedBinNumber:
                _lower = minimum;
                Count = discretisation.Bins!.Value;
                (_times, _by) = maximum > _lower ? (Count, maximum - _lower) : (0, 1);
                _slack = Slack(sorted, _by / Count);
                break;
            case DiscretisationMethod.FixedBinSize:
                _by = discretisation.BinSize!.Value;
                _slack = Slack(sorted, _by);
                _lower = discretisation.Origin switch
                {
                    BinOrigin.Zero => MultipleBelow(minimum, _by, _slack),
                    BinOrigin.Minimum => minimum,
                    _ => lowerLimit ?? minimum,
                };
                Count = CheckedCount(Math.Floor((maximum - _lower) / _by + _slack) + 1);
                break;
            default:
                foreach (var value in sorted)
                {
                    ExtractionSettings.Require(
                        value >= 1 && value == Math.Floor(value),
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
    public int LevelOf(double value) => Math.Clamp((int)((value - _lower) * _times / _by + _slack) + 1, 1, Count);

    /// <summary>The grey levels of as many intensities as <paramref name="levels"/> has room for, from <paramref name="first"/> on.</summary>
    public void LevelsOf(Intensities values, int first, Span<ushort> levels)
    {
        if (values.Doubles is not { } doubles)
        {
            LevelsOf(values.Floats.AsSpan(first, levels.Length), levels);
            return;
        }

        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = (ushort)LevelOf(doubles[first + i]);
        }
    }

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
    public static double MultipleBelow(double value, double width, double slack = 0) => Math.Min(value, Math.Floor(value / width + slack) * width);

    /// <summary>
    /// How much of a level the rounding of intensities may amount to, if they are doubles: that of a value and the lowest, of their difference and of the quotient,
    /// four of the last bit of the largest. Beyond a millionth nothing is levelled out: there are the whole numbers, which aren't rounded.
    /// </summary>
    public static double Slack(Intensities sorted, double width)
    {
        const double lastBit = 2.220446049250313e-16;
        return sorted.Doubles is null ? 0 : Math.Min(1e-6, 4 * lastBit * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])) / width);
    }

    private static int CheckedCount(double count)
    {
        ExtractionSettings.Require(count < 1 << 16, "The discretisation gives more than 65,535 grey levels; choose a larger 'binSize' or 'fixedBinNumber'.");
        return (int)count;
    }
}
