using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>What an ROI must be like to be believed, as part of a center profile; an absent limit isn't asked.</summary>
public sealed record RoiLimits
{
    /// <summary>Least volume, millilitres.</summary>
    public double? MinMl { get; init; }

    /// <summary>Greatest volume, millilitres.</summary>
    public double? MaxMl { get; init; }

    /// <summary>Most parts that don't touch each other.</summary>
    public int? MaxComponents { get; init; }

    /// <summary>Greatest share outside the image, from 0 to 1.</summary>
    public double? MaxShareOutside { get; init; }

    /// <summary>Whether an ROI beyond the limits is told as a warning rather than refused.</summary>
    public bool WarnOnly { get; init; }

    /// <summary>The limits that <paramref name="quality"/> exceeds, in words.</summary>
    internal IEnumerable<string> ExceededBy(RoiQuality quality)
    {
        if (quality.VolumeMl < MinMl)
        {
            yield return $"{Text(quality.VolumeMl)} ml is less than {Text(MinMl)} ml";
        }

        if (quality.VolumeMl > MaxMl)
        {
            yield return $"{Text(quality.VolumeMl)} ml is more than {Text(MaxMl)} ml";
        }

        if (quality.Components > MaxComponents)
        {
            yield return $"{quality.Components} separate parts are more than {MaxComponents}";
        }

        if (quality.ShareOutside > MaxShareOutside)
        {
            yield return $"{Text(100 * quality.ShareOutside)} % outside the image is more than {Text(100 * MaxShareOutside)} %";
        }
    }

    /// <summary>Refuses, or warns of, an ROI beyond the limits.</summary>
    /// <exception cref="RadiomicsException"><c>RoiImplausible</c>.</exception>
    internal void Ensure(RoiQuality quality, string sequence, ICollection<string> warnings)
    {
        if (quality.BeyondLimits.Count == 0)
        {
            return;
        }

        var sentence = $"The region of interest on {sequence} can hardly be what the center's profile looks for: {string.Join(", ", quality.BeyondLimits)}.";
        if (!WarnOnly)
        {
            throw new RadiomicsException("RoiImplausible", $"{sentence} Check what was drawn, and send the right region.");
        }

        warnings.Add(sentence);
    }

    private static string Text(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "";
}
