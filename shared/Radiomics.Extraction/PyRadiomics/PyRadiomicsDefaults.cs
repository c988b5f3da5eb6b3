namespace Radiomics.Extraction;

/// <summary>What PyRadiomics does without a parameter file.</summary>
public static class PyRadiomicsDefaults
{
    /// <summary>Bin width 25, all 107 features of the original image, no resampling.</summary>
    public static ExtractionSettings Settings { get; } = new()
    {
        Name = "pyradiomics",
        Conventions = Conventions.PyRadiomics,
        PyRadiomics = new(),
        Discretisation = BinWidth(25),
        FilterDiscretisation = BinWidth(25),
        Texture = new() { Aggregations = [Aggregation.Averaged3D] },
        Families = [.. PyRadiomicsFeatures.Classes.Select(c => c.Family)],
    };

    /// <summary>PyRadiomics' bins of one width: they begin at multiples of it.</summary>
    public static DiscretisationSettings BinWidth(double width) =>
        new() { Method = DiscretisationMethod.FixedBinSize, BinSize = width, Origin = BinOrigin.Zero };
}
