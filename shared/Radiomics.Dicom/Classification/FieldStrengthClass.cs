namespace Radiomics.Dicom;

/// <summary>A named interval of magnetic field strengths.</summary>
public sealed record FieldStrengthClass
{
    private const double GaussPerTesla = 10_000;

    /// <summary>Name used by models and predictions, e.g. <c>3.0T</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Center of the interval, tesla.</summary>
    public required double Tesla { get; init; }

    /// <summary>Half width of the interval, tesla, inclusive.</summary>
    public required double Tolerance { get; init; }

    /// <summary>MagneticFieldStrength in tesla: values above 100 are gauss; null where it is missing or not positive.</summary>
    public static double? ToTesla(double? magneticFieldStrength) => magneticFieldStrength switch
    {
        null or <= 0 or double.NaN => null,
        > 100 => magneticFieldStrength / GaussPerTesla,
        _ => magneticFieldStrength,
    };

    /// <summary>Name of the first class that holds <paramref name="tesla"/>; null if none does.</summary>
    public static string? NameOf(double? tesla, IEnumerable<FieldStrengthClass> classes) =>
        tesla is { } value ? classes.FirstOrDefault(c => Math.Abs(value - c.Tesla) <= c.Tolerance + 1e-9)?.Name : null;
}
