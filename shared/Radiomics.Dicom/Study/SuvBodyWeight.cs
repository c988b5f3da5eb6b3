using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Standardised uptake value by body weight, g/ml: activity times weight over the dose that is left at the time that the images were decay-corrected to. That
/// time is found as QIBA's vendor-neutral rules have it (FDG-PET/CT profile, appendix G); intensities whose SUV can't be told are refused.
/// </summary>
internal static class SuvBodyWeight
{
    private const double Day = 86400;

    // Less has never been given, and stands for megabecquerels that were written as if they were becquerels.
    private const double LeastDose = 1e4;
    private const double MostHalfLives = 20;

    /// <summary>The slices of a stack with a slope and an intercept that give SUV.</summary>
    /// <exception cref="RadiomicsException"><c>QuantityUnknown</c>: an attribute is missing, or the series isn't what SUV can be made of.</exception>
    public static IReadOnlyList<SliceHeader> Of(string name, IReadOnlyList<SliceHeader> slices)
    {
        PetHeader[] images = [.. slices.Select(slice => slice.Pet ?? new())];
        var factor = FactorOf(name, images);
        return [.. slices.Select(slice => slice with { RescaleSlope = slice.RescaleSlope * factor, RescaleIntercept = slice.RescaleIntercept * factor })];
    }

    /// <summary>What a rescaled value is multiplied by.</summary>
    internal static double FactorOf(string name, IReadOnlyList<PetHeader> images)
    {
        var first = images[0];
        if (images.Any(image => image.Units != first.Units))
        {
            throw Unknown(name, "its images have different Units");
        }

        switch (first.Units)
        {
            case "GML":
                return images.All(image => image.SuvType is null or "BW") ? 1 : throw Unknown(name, $"it is SUV already, but of another kind (SUVType {first.SuvType})");
            case "BQML":
                return OfActivity(name, images);
            case "CNTS" when first.PhilipsSuv is { } suv:
                return images.All(image => image.PhilipsSuv == suv) ? suv : throw Unknown(name, "its images have different scale factors (7053,1000)");
            case "CNTS" when first.PhilipsActivity is { } activity:
                return images.All(image => image.PhilipsActivity == activity)
                    ? activity * OfActivity(name, images)
                    : throw Unknown(name, "its images have different scale factors (7053,1009)");
            case "CNTS":
                throw Unknown(name, "its Units are counts, and the factors to activity or SUV (7053,1009 and 7053,1000 of Philips) are missing");
            default:
                throw Unknown(name, first.Units is null ? "Units is missing" : $"its Units are {(first.Units.Length > 16 ? "unknown" : first.Units)}, not BQML, GML or CNTS");
        }
    }

    /// <summary>From Bq/ml.</summary>
    private static double OfActivity(string name, IReadOnlyList<PetHeader> images)
    {
        var first = images[0];
        if (!images.All(image => image.Corrections.Contains("ATTN")))
        {
            throw Unknown(name, "CorrectedImage doesn't say that attenuation was corrected (ATTN)");
        }

        var weight = first.Weight ?? throw Missing(name, "PatientWeight");
        var dose = first.Dose ?? throw Missing(name, "RadionuclideTotalDose");
        if (dose < LeastDose)
        {
            throw Unknown(name, string.Create(CultureInfo.InvariantCulture, $"RadionuclideTotalDose is {dose:G6} Bq, which can't be: it may be in MBq"));
        }

        if (images.Any(image => (image.Weight, image.Dose, image.HalfLife, image.DecayCorrection) != (weight, dose, first.HalfLife, first.DecayCorrection)))
        {
            throw Unknown(name, "its images differ in weight, dose, half-life or decay correction");
        }

        return first.DecayCorrection switch
        {
            // To when the dose was measured: nothing of it has decayed by then.
            "ADMIN" => 1000 * weight / dose,
            "START" => 1000 * weight / (dose * Left(name, images, first.HalfLife ?? throw Missing(name, "RadionuclideHalfLife"))),
            "NONE" => throw Unknown(name, "its images aren't decay-corrected (DecayCorrection NONE)"),
            _ => throw Missing(name, "DecayCorrection"),
        };
    }

    /// <summary>The part of the dose that is left when the scan starts.</summary>
    private static double Left(string name, IReadOnlyList<PetHeader> images, double halfLife)
    {
        var scan = ScanStart(name, images, halfLife);
        var given = images[0].Administered;
        if (given is null && images[0].AdministeredTime is { } time)
        {
            // A time alone is one of the scan's day, or of the evening before.
            var midnight = Math.Floor(scan / Day) * Day;
            given = midnight + time <= scan ? midnight + time : midnight + time - Day;
        }

        var halfLives = (scan - (given ?? throw Missing(name, "RadiopharmaceuticalStartDateTime"))) / halfLife;
        return halfLives is >= 0 and < MostHalfLives
            ? Math.Pow(2, -halfLives)
            : throw Unknown(name, "the radiopharmaceutical was given after the scan, or long before, by their dates (which a de-identification may have moved)");
    }

    private static double ScanStart(string name, IReadOnlyList<PetHeader> images, double halfLife)
    {
        var earliest = images.MinBy(image => image.Acquired ?? double.PositiveInfinity)!;
        var acquired = earliest.Acquired ?? throw Missing(name, "AcquisitionDate or AcquisitionTime");
        if (images[0].SeriesStart is { } series && series <= acquired)
        {
            return series;
        }

        // A series that was made after the scan has a time of its own.
        if (earliest.GeScan is { } scan)
        {
            return scan;
        }

        if (earliest is not { ReferenceTime: > 0 and var reference, Duration: { } duration })
        {
            throw Missing(name, "SeriesTime is later than AcquisitionTime, and FrameReferenceTime or ActualFrameDuration");
        }

        // When the average count rate of the frame was the momentary one.
        var decay = Math.Log(2) / halfLife;
        var average = Math.Log(decay * duration / (1 - Math.Exp(-decay * duration))) / decay;
        return acquired - reference + average;
    }

    private static RadiomicsException Missing(string name, string what) => Unknown(name, $"{what} is missing");

    private static RadiomicsException Unknown(string name, string why) => new(
        "QuantityUnknown",
        $"{name}: SUV can't be computed, since {why}. Export the series with these attributes, or read it with a profile of 'pet': 'asStored'.");
}
