using MathNet.Numerics.Statistics;

namespace Radiomics.Learning;

/// <summary>How far a feature of one image goes astray under perturbation: no correlation, which takes several cases.</summary>
/// <param name="Value">Value of the unperturbed image; null where undefined.</param>
/// <param name="Images">Perturbed images with a value.</param>
/// <param name="Minimum">Least value of the perturbed images; null with fewer than two values.</param>
/// <param name="Maximum">Largest value of the perturbed images.</param>
/// <param name="QuartileCoefficient">
/// Quartile coefficient of dispersion of the perturbed images, (Q3 − Q1)/|Q3 + Q1|, quartiles by linear interpolation between ranks; null where it has no meaning.
/// </param>
/// <param name="RelativeRange">(Maximum − Minimum)/|Value|; null where it has no meaning.</param>
/// <param name="Reason">Why something is null; null where nothing is.</param>
public sealed record FeatureDispersion(
    double? Value, int Images, double? Minimum, double? Maximum, double? QuartileCoefficient, double? RelativeRange, string? Reason)
{
    /// <summary>Of the value of the unperturbed image and those of the perturbed ones, null where undefined.</summary>
    public static FeatureDispersion Of(double? value, IReadOnlyList<double?> perturbed)
    {
        double[] values = [.. perturbed.OfType<double>().Where(double.IsFinite).Order()];
        if (values.Length < 2)
        {
            return new(value, values.Length, null, null, null, null, "The feature is undefined in all perturbed images but one at most.");
        }

        var (minimum, maximum) = (values[0], values[^1]);
        var (q1, q3) = (SortedArrayStatistics.QuantileCustom(values, 0.25, QuantileDefinition.R7), SortedArrayStatistics.QuantileCustom(values, 0.75, QuantileDefinition.R7));
        List<string> reasons = [];
        double? coefficient = null, range = null;
        if (q3 == q1)
        {
            coefficient = 0;
        }
        else if (q1 < 0 == q3 < 0 || q1 == 0 || q3 == 0)
        {
            coefficient = (q3 - q1) / Math.Abs(q3 + q1);
        }
        else
        {
            reasons.Add("The quartiles have both signs, so that their coefficient has no meaning.");
        }

        if (maximum == minimum && value == minimum)
        {
            range = 0;
        }
        else if (value is { } unperturbed && unperturbed != 0)
        {
            range = (maximum - minimum) / Math.Abs(unperturbed);
        }
        else
        {
            reasons.Add(value is null ? "The unperturbed image gives no value." : "The unperturbed value is 0, and no unit of a range.");
        }

        return new(value, values.Length, minimum, maximum, coefficient, range, reasons.Count == 0 ? null : string.Join(' ', reasons));
    }
}
