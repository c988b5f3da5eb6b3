namespace Radiomics.Learning;

/// <summary>An intraclass correlation with its two-sided confidence interval, from F distributions.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct IccEstimate(double Value, double Lower, double Upper)
{
    /// <summary>How well the feature can be repeated, by the interval's lower end.</summary>
    public IccClass Class => IccClasses.Of(Lower);
}

/// <summary>Classes of reliability.</summary>
public enum IccClass
{
    /// <summary>Below 0.5.</summary>
    Poor,

    /// <summary>From 0.5 on.</summary>
    Moderate,

    /// <summary>From 0.75 on.</summary>
    Good,

    /// <summary>From 0.9 on.</summary>
    Excellent,
}

/// <summary>
/// The bounds of the classes, which are those of Koo and Li (Journal of Chiropractic Medicine 2016;15:155), held against the lower end of the 95 % interval, as
/// Zwanenburg et al. (Scientific Reports 2019;9:614) do.
/// </summary>
public static class IccClasses
{
    /// <summary>From here on moderate.</summary>
    public const double Moderate = 0.5;

    /// <summary>From here on good.</summary>
    public const double Good = 0.75;

    /// <summary>From here on excellent.</summary>
    public const double Excellent = 0.9;

    /// <summary>The class of a lower bound.</summary>
    public static IccClass Of(double lower) => lower switch
    {
        >= Excellent => IccClass.Excellent,
        >= Good => IccClass.Good,
        >= Moderate => IccClass.Moderate,
        _ => IccClass.Poor,
    };
}
