namespace Radiomics.Dicom;

/// <summary>Names a stack by the first <see cref="SequenceRule"/> that fits its header.</summary>
internal static class SequenceClassifier
{
    /// <summary>
    /// Echo time of the first in-phase echo times field strength, ms·T: fat precesses 3.4 ppm slower than water, so they meet every
    /// 1 / (3.4e-6 · 42.577 MHz/T · B0); 4.6 ms at 1.5 T, 2.3 ms at 3.0 T.
    /// </summary>
    private const double BeatTimesTesla = 1e3 / (3.4e-6 * 42.577e6);

    /// <summary>How far from a whole or half beat an echo may lie and still count, as a fraction of the beat.</summary>
    private const double PhaseTolerance = 0.2;

    /// <summary>The sequence's name; null if no rule fits, or one of those that exclude. <paramref name="tesla"/> is the study's field strength, if known.</summary>
    public static string? NameOf(SliceStack stack, double? tesla, IngestRules rules) =>
        Classify(stack, tesla, rules).Rule is { } rule ? rules.Sequences[rule].Name : null;

    /// <summary>
    /// Index of the first of <see cref="IngestRules.Sequences"/> that fits, null if none does; or, with no rule, the name of the one that excludes the
    /// stack.
    /// </summary>
    public static (int? Rule, string? Exclusion) Classify(SliceStack stack, double? tesla, IngestRules rules)
    {
        if (rules.Excluded.FirstOrDefault(rule => Fits(rule, stack, tesla)) is { } exclusion)
        {
            return (null, exclusion.Name);
        }

        for (var rule = 0; rule < rules.Sequences.Count; rule++)
        {
            if (Fits(rules.Sequences[rule], stack, tesla))
            {
                return (rule, null);
            }
        }

        return (null, null);
    }

    private static bool Fits(SequenceRule rule, SliceStack stack, double? tesla)
    {
        var (series, first) = (stack.Series, stack.First);
        string[] kinds = [.. first.ImageType.Skip(2), .. List(first.ComplexComponent)];
        return HasAny(kinds, rule.ImageType)
            && HasNone(kinds, rule.ImageTypeWithout)
            && HasAny(series.ScanOptions, rule.ScanOptions)
            && HasNone(series.ScanOptions, rule.ScanOptionsWithout)
            && HasAny(series.ScanningSequence, rule.ScanningSequence)
            && HasNone(series.ScanningSequence, rule.ScanningSequenceWithout)
            && HasAny(series.SequenceVariant, rule.SequenceVariant)
            && HasNone(series.SequenceVariant, rule.SequenceVariantWithout)
            && HasAny(List(series.MRAcquisitionType), rule.MRAcquisitionType)
            && HasAny(List(first.AcquisitionContrast), rule.AcquisitionContrast)
            && (rule.RepetitionTime?.Contains(first.RepetitionTime) ?? true)
            && (rule.EchoTime?.Contains(first.EchoTime) ?? true)
            && (rule.BValue?.Contains(first.BValue) ?? true)
            && (rule.Echoes?.Contains(stack.Echoes) ?? true)
            && (rule.EchoPhase is not { } phase || PhaseOf(first.EchoTime, tesla) == phase)
            && (rule.Diffusion is not { } diffusion || stack.IsDiffusion == diffusion)
            && (rule.FatSaturated is not { } saturated || FatSaturation.Of(stack) == saturated)
            && (rule.ContrastAgent is not { } agent || ContrastAgent.IsGivenBefore(stack) == agent)
            && (rule.SeriesDescription is not { } pattern || IsCalled(series, pattern))
            && (rule.SeriesDescriptionWithout is not { } other || !IsCalled(series, other));
    }

    /// <summary>Where an echo lies in the beat; null if that is unknown, or in between.</summary>
    public static EchoPhase? PhaseOf(double? echoTime, double? tesla)
    {
        if (echoTime is not > 0 || tesla is not > 0)
        {
            return null;
        }

        var beats = echoTime.Value * tesla.Value / BeatTimesTesla;
        var fromWhole = Math.Abs(beats - Math.Round(beats));
        return fromWhole <= PhaseTolerance && beats >= 0.5 ? EchoPhase.InPhase
            : fromWhole >= 0.5 - PhaseTolerance ? EchoPhase.OpposedPhase
            : null;
    }

    private static bool HasAny(IEnumerable<string> values, IReadOnlyList<string> wanted) =>
        wanted.Count == 0 || values.Any(value => wanted.Contains(value, StringComparer.OrdinalIgnoreCase));

    private static bool HasNone(IEnumerable<string> values, IReadOnlyList<string> unwanted) => unwanted.Count == 0 || !HasAny(values, unwanted);

    private static string[] List(string? value) => value is null ? [] : [value];

    private static bool IsCalled(InstanceHeader series, string pattern) => Pattern.Fits(series.SeriesDescription, pattern) || Pattern.Fits(series.ProtocolName, pattern);
}
