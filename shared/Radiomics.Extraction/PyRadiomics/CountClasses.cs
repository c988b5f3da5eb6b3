namespace Radiomics.Extraction;

/// <summary>PyRadiomics' classes <c>glszm</c> and <c>gldm</c>: IBSI's features of the matrix of all zones or voxels, of all slices together in 2D.</summary>
internal static class CountClasses
{
    private const double EntropyPerCell = FirstOrderClass.Epsilon * 1.4426950408889634;

    // In the order of CountMatrixFeatures; what PyRadiomics doesn't have is null.
    private static readonly string?[] ZoneNames =
    [
        "SmallAreaEmphasis", "LargeAreaEmphasis", "LowGrayLevelZoneEmphasis", "HighGrayLevelZoneEmphasis", "SmallAreaLowGrayLevelEmphasis",
        "SmallAreaHighGrayLevelEmphasis", "LargeAreaLowGrayLevelEmphasis", "LargeAreaHighGrayLevelEmphasis", "GrayLevelNonUniformity",
        "GrayLevelNonUniformityNormalized", "SizeZoneNonUniformity", "SizeZoneNonUniformityNormalized", "ZonePercentage", "GrayLevelVariance",
        "ZoneVariance", "ZoneEntropy", null,
    ];

    private static readonly string?[] DependenceNames =
    [
        "SmallDependenceEmphasis", "LargeDependenceEmphasis", "LowGrayLevelEmphasis", "HighGrayLevelEmphasis", "SmallDependenceLowGrayLevelEmphasis",
        "SmallDependenceHighGrayLevelEmphasis", "LargeDependenceLowGrayLevelEmphasis", "LargeDependenceHighGrayLevelEmphasis", "GrayLevelNonUniformity",
        null, "DependenceNonUniformity", "DependenceNonUniformityNormalized", null, "GrayLevelVariance", "DependenceVariance", "DependenceEntropy", null,
    ];

    public static void AddZones(PyRadiomicsMap image, ClassSink features) =>
        Add(ZoneLabelling.Find(image.Grid, null, image.InSlices).Sizes.Matrix(), ZoneNames, features);

    public static void AddDependences(PyRadiomicsMap image, ClassSink features)
    {
        var distances = image.Special.Distances;
        var alpha = image.Settings.Texture.DependenceCoarseness;
        var items = Shells.AreSolid(distances)
            ? Dependence.Of(image.Grid, distances.Count, alpha, image.InSlices)
            : ShellNeighbours.Dependences(image.Grid, distances, alpha, image.InSlices);
        Add(items.Matrix(), DependenceNames, features);
    }

    private static void Add(CountMatrix matrix, string?[] names, ClassSink features)
    {
        var values = CountMatrixFeatures.Of(matrix);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is { } name)
            {
                var epsilon = name is "ZoneEntropy" or "DependenceEntropy" ? matrix.EntryCounts.Length * EntropyPerCell : 0;
                features.Add(name, values[i] - epsilon);
            }
        }
    }
}
