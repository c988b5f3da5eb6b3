namespace Radiomics.Extraction;

/// <summary>PyRadiomics' classes <c>glszm</c> and <c>gldm</c>: IBSI's features of the matrix of all zones or voxels, of all slices together in 2D.</summary>
internal static class CountClasses
{
    public static readonly PyRadiomicsClass<CountMatrixSums> Zones = new("glszm", FeatureFamily.Glszm, PyRadiomicsClass<CountMatrixSums>.Of(GlszmFeatures.Table));

    public static readonly PyRadiomicsClass<CountMatrixSums> Dependences = new(
        "gldm",
        FeatureFamily.Ngldm,
        PyRadiomicsClass<CountMatrixSums>.Of(
            NgldmFeatures.Table,
            PyRadiomicsFeature<CountMatrixSums>.NoMore("GrayLevelNonUniformityNormalized", "It equals firstorder Uniformity."),
            PyRadiomicsFeature<CountMatrixSums>.NoMore("DependencePercentage", "It is always 1.")));

    public static void AddZones(PyRadiomicsMap image, ClassSink features) =>
        Add(Zones, ZoneLabelling.Find(image.Grid, null, image.InSlices).Sizes.Matrix(), features);

    public static void AddDependences(PyRadiomicsMap image, ClassSink features)
    {
        var distances = image.Special.Distances;
        var alpha = image.Settings.Texture.DependenceCoarseness;
        var items = Shells.AreSolid(distances)
            ? Dependence.Of(image.Grid, distances.Count, alpha, image.InSlices)
            : ShellNeighbours.Dependences(image.Grid, distances, alpha, image.InSlices);
        Add(Dependences, items.Matrix(), features);
    }

    private static void Add(PyRadiomicsClass<CountMatrixSums> featureClass, CountMatrix matrix, ClassSink features) =>
        featureClass.Add(CountMatrixSums.Of(matrix), features, cells: matrix.EntryCounts.Length);
}
