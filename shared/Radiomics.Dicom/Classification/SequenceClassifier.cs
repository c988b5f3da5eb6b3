using System.Text.RegularExpressions;

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

    private static readonly TimeSpan _patternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The sequence's name; null if no rule fits. <paramref name="tesla"/> is the study's field strength, if known.</summary>
    public static string? NameOf(SliceStack stack, double? tesla, IEnumerable<SequenceRule> rules) =>
        rules.FirstOrDefault(rule => Fits(rule, stack, tesla))?.Name;

    private static bool Fits(SequenceRule rule, SliceStack stack, double? tesla)
    {
        var kinds = stack.First.ImageType.Skip(2).ToArray();
        return HasAny(kinds, rule.ImageType)
            && (rule.ImageTypeWithout.Count == 0 || !HasAny(kinds, rule.ImageTypeWithout))
            && HasAny(stack.Series.ScanOptions, rule.ScanOptions)
            && HasAny(stack.Series.ScanningSequence, rule.ScanningSequence)
            && (rule.RepetitionTime?.Contains(stack.First.RepetitionTime) ?? true)
            && (rule.EchoTime?.Contains(stack.First.EchoTime) ?? true)
            && (rule.EchoPhase is not { } phase || PhaseOf(stack.First.EchoTime, tesla) == phase)
            && (rule.SeriesDescription is not { } pattern
                || IsMatch(stack.Series.SeriesDescription, pattern)
                || IsMatch(stack.Series.ProtocolName, pattern));
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

    /// <summary>A pattern that runs out of time fits nothing.</summary>
    private static bool IsMatch(string? text, string pattern)
    {
        try
        {
            return text is not null && Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _patternTimeout);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
