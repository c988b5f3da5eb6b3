namespace Radiomics.Extraction;

/// <summary>The feature classes that PyRadiomics 3 has, and their features by its names.</summary>
public static class PyRadiomicsFeatures
{
    /// <summary>The classes that families choose, in the order of the engine's families.</summary>
    public static IReadOnlyList<PyRadiomicsClass> Classes { get; } =
    [
        ShapeClass.Class, FirstOrderClass.Class, DirectionClasses.Cooccurrence, DirectionClasses.Runs, CountClasses.Zones, ToneDifferenceClass.Class,
        CountClasses.Dependences,
    ];

    /// <summary>The class of an ROI of one slice, chosen by <see cref="PyRadiomicsSettings.Shape2D"/>, not by a family.</summary>
    public static PyRadiomicsClass Shape2D { get; } = Shape2DClass.Class;

    /// <summary>All of them, that of a slice behind that of a volume.</summary>
    public static IReadOnlyList<PyRadiomicsClass> All { get; } = [Classes[0], Shape2D, .. Classes.Skip(1)];

    /// <summary>The class of that name; null if there is none.</summary>
    public static PyRadiomicsClass? Class(string name) => All.FirstOrDefault(c => c.Name == name);

    internal static PyRadiomicsClass Of(FeatureFamily family) => Classes.First(c => c.Family == family);

    internal static bool Has(FeatureFamily family) => Classes.Any(c => c.Family == family);
}
