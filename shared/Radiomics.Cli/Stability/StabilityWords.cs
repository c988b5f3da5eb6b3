using Radiomics.Learning;

namespace Radiomics.Cli.Stability;

/// <summary>What results are called.</summary>
internal static class StabilityWords
{
    /// <summary>A class, as it stands in tables and files.</summary>
    public static string Of(IccClass one) => one switch { IccClass.Excellent => "excellent", IccClass.Good => "good", IccClass.Moderate => "moderate", _ => "poor" };

    /// <summary>The bounds of a class.</summary>
    public static string Bounds(IccClass one) => one switch
    {
        IccClass.Excellent => $"from {IccClasses.Excellent} on",
        IccClass.Good => $"{IccClasses.Good} to {IccClasses.Excellent}",
        IccClass.Moderate => $"{IccClasses.Moderate} to {IccClasses.Good}",
        _ => $"below {IccClasses.Moderate}",
    };
}
