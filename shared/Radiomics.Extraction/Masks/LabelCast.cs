namespace Radiomics.Extraction;

/// <summary>The label that a mask's number stands for.</summary>
internal static class LabelCast
{
    /// <summary>How far, relative to itself, a number may lie from a whole one and still stand for it: what scaling in single precision leaves.</summary>
    private const double Rounding = 1e-6;

    /// <summary>
    /// Cut to a whole number, as ITK casts (and PyRadiomics has ITK do it), but for numbers that only rounding keeps from the next one: 255 · 0.00392157 may be 1.0000003
    /// or 0.99999985, and both are 1. What is no number, or lies beyond all labels, is 0.
    /// </summary>
    public static int Label(double value)
    {
        var nearest = Math.Round(value);
        var label = Math.Abs(value - nearest) <= Rounding * Math.Max(1, Math.Abs(nearest)) ? nearest : Math.Truncate(value);
        return label is >= int.MinValue and <= int.MaxValue ? (int)label : 0;
    }
}
