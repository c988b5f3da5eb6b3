namespace Radiomics.Extraction;

/// <summary>
/// PyRadiomics' classes <c>glcm</c> and <c>glrlm</c>: IBSI's features, averaged over directions or of the weighted sum of their matrices. Directions without a
/// pair, and for runs those along which no line has two voxels of the ROI, count in no average.
/// </summary>
internal static class DirectionClasses
{
    private const string NoDirection = "The ROI has no two voxels in any direction.";

    public static readonly PyRadiomicsClass<CooccurrenceMeasures> Cooccurrence = new(
        "glcm",
        FeatureFamily.Glcm,
        PyRadiomicsClass<CooccurrenceMeasures>.Of(
            CooccurrenceTable.Table,
            PyRadiomicsFeature<CooccurrenceMeasures>.NoMore("Dissimilarity", "It equals DifferenceAverage."),
            PyRadiomicsFeature<CooccurrenceMeasures>.NoMore("Homogeneity1", "It equals Id."),
            PyRadiomicsFeature<CooccurrenceMeasures>.NoMore("Homogeneity2", "It equals Idm."),
            PyRadiomicsFeature<CooccurrenceMeasures>.NoMore("SumVariance", "It equals ClusterTendency.")));

    public static readonly PyRadiomicsClass<RunLengthMeasures> Runs = new(
        "glrlm", FeatureFamily.Glrlm, PyRadiomicsClass<RunLengthMeasures>.Of(RunLengthFeatures.Table));

    public static void AddCooccurrence(PyRadiomicsMap image, ClassSink features)
    {
        var (grid, texture) = (image.Grid, image.Settings.Texture);
        var steps = Shells.Steps(image.Special.Distances, image.InSlices).Where(step => Shells.Fits(step, grid)).ToArray();
        var matrices = CooccurrenceMatrices.Count(grid, steps, texture.SymmetricCooccurrence, 0, grid.SizeZ);
        if (image.Merges)
        {
            matrices = Merge(matrices, steps, step => Math.Exp(-step.SquaredLength(grid.Spacing, texture.DistanceWeighting)));
        }

        var mean = new Mean<CooccurrenceMeasures>(Cooccurrence, features);
        var measures = new CooccurrenceMeasures(grid, texture.SymmetricCooccurrence);
        foreach (var matrix in matrices.Where(matrix => !matrix.IsEmpty))
        {
            measures.Take(matrix);
            mean.Add(measures, CellsOf(matrix, texture.SymmetricCooccurrence));
        }

        mean.Report();
    }

    public static void AddRuns(PyRadiomicsMap image, ClassSink features)
    {
        var (grid, texture) = (image.Grid, image.Settings.Texture);
        var steps = Shells.Steps([1], image.InSlices).Where(step => Shells.Fits(step, grid)).ToArray();
        var matrices = RunLengthMatrices.Count(grid, steps, 0, grid.SizeZ);
        for (var d = 0; d < steps.Length; d++)
        {
            if (matrices[d].Columns.All(length => length == 1) && !Shells.HasTwoOnALine(grid, steps[d]))
            {
                matrices[d] = new() { Rows = [], Columns = [], Values = [] };
            }
        }

        if (image.Merges)
        {
            // Not exp(−length²), as for co-occurrences, but the length itself: so it is in PyRadiomics.
            matrices = Merge(
                matrices,
                steps,
                step => texture.DistanceWeighting == DistanceWeighting.None ? 1 : Math.Sqrt(step.SquaredLength(grid.Spacing, texture.DistanceWeighting)));
        }

        var mean = new Mean<RunLengthMeasures>(Runs, features);
        var measures = new RunLengthMeasures(grid);
        foreach (var matrix in matrices.Where(matrix => !matrix.IsEmpty))
        {
            measures.Take(matrix, unit: 1);
            mean.Add(measures, matrix.Values.Length);
        }

        mean.Report();
    }

    private static DirectionalMatrix[] Merge(DirectionalMatrix[] matrices, Step[] steps, Func<Step, double> weight) =>
        matrices.Length == 0 ? [] : [DirectionalMatrix.Merge(matrices, Array.ConvertAll(steps, step => weight(step)))];

    /// <summary>Cells of the whole matrix, of which a symmetric one holds a half.</summary>
    private static int CellsOf(DirectionalMatrix matrix, bool symmetric)
    {
        var cells = matrix.Values.Length;
        for (var i = 0; symmetric && i < matrix.Values.Length; i++)
        {
            cells += matrix.Rows[i] == matrix.Columns[i] ? 0 : 1;
        }

        return cells;
    }

    /// <summary>The mean over matrices of the features that are wanted.</summary>
    private sealed class Mean<T>(PyRadiomicsClass<T> featureClass, ClassSink features)
        where T : class
    {
        private readonly PyRadiomicsFeature<T>[] _wanted = Array.FindAll(featureClass.All, feature => features.Wants(feature.Name));
        private readonly double[] _sums = new double[featureClass.All.Length];
        private double _cells;
        private int _count;

        public void Add(T measured, int cells)
        {
            for (var i = 0; i < _wanted.Length; i++)
            {
                _sums[i] += _wanted[i].Of(measured);
            }

            _cells += cells;
            _count++;
        }

        public void Report()
        {
            for (var i = 0; i < _wanted.Length; i++)
            {
                // The epsilon in the logarithm takes as much from each cell's share, however large the cell is.
                var epsilon = _wanted[i].Counterpart is { PyRadiomicsPerCell: > 0 and var perCell } ? _cells / _count * perCell : 0;
                features.Add(_wanted[i], _sums[i] / _count - epsilon, NoDirection);
            }
        }
    }
}
