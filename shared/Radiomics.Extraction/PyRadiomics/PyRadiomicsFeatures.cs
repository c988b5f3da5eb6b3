namespace Radiomics.Extraction;

/// <summary>The feature classes that PyRadiomics 3 has in three dimensions, and their features by its names.</summary>
public static class PyRadiomicsFeatures
{
    /// <summary>All classes, in the order of the engine's families.</summary>
    public static IReadOnlyList<PyRadiomicsClass> Classes { get; } =
    [
        ShapeClass.Class, FirstOrderClass.Class, DirectionClasses.Cooccurrence, DirectionClasses.Runs, CountClasses.Zones, ToneDifferenceClass.Class,
        CountClasses.Dependences,
    ];

    /// <summary>The class of that name; null if there is none.</summary>
    public static PyRadiomicsClass? Class(string name) => Classes.FirstOrDefault(c => c.Name == name);

    internal static PyRadiomicsClass Of(FeatureFamily family) => Classes.First(c => c.Family == family);

    internal static bool Has(FeatureFamily family) => Classes.Any(c => c.Family == family);
}
