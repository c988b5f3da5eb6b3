namespace Radiomics.Extraction;

/// <summary>
/// PyRadiomics' classes <c>glcm</c> and <c>glrlm</c>: IBSI's features, averaged over directions or of the weighted sum of their matrices. Directions without a
/// pair, and for runs those along which no line has two voxels of the ROI, count in no average.
/// </summary>
internal static class DirectionClasses
{
    private const string NoDirection = "The ROI has no two voxels in any direction.";
    private const double EntropyPerCell = FirstOrderClass.Epsilon * 1.4426950408889634;

    private static readonly (string Name, string Tag)[] CooccurrenceTags =
    [
        ("Autocorrelation", "cm_auto_corr"), ("JointAverage", "cm_joint_avg"), ("ClusterProminence", "cm_clust_prom"), ("ClusterShade", "cm_clust_shade"),
        ("ClusterTendency", "cm_clust_tend"), ("Contrast", "cm_contrast"), ("Correlation", "cm_corr"), ("DifferenceAverage", "cm_diff_avg"),
        ("DifferenceEntropy", "cm_diff_entr"), ("DifferenceVariance", "cm_diff_var"), ("JointEnergy", "cm_energy"), ("JointEntropy", "cm_joint_entr"),
        ("Imc1", "cm_info_corr1"), ("Imc2", "cm_info_corr2"), ("Idm", "cm_inv_diff_mom"), ("Idmn", "cm_inv_diff_mom_norm"), ("Id", "cm_inv_diff"),
        ("Idn", "cm_inv_diff_norm"), ("InverseVariance", "cm_inv_var"), ("MaximumProbability", "cm_joint_max"), ("SumAverage", "cm_sum_avg"),
        ("SumEntropy", "cm_sum_entr"), ("SumSquares", "cm_joint_var"),
    ];

    private static readonly (string Name, string Tag)[] RunTags =
    [
        ("ShortRunEmphasis", "rlm_sre"), ("LongRunEmphasis", "rlm_lre"), ("GrayLevelNonUniformity", "rlm_glnu"),
        ("GrayLevelNonUniformityNormalized", "rlm_glnu_norm"), ("RunLengthNonUniformity", "rlm_rlnu"), ("RunLengthNonUniformityNormalized", "rlm_rlnu_norm"),
        ("RunPercentage", "rlm_r_perc"), ("GrayLevelVariance", "rlm_gl_var"), ("RunVariance", "rlm_rl_var"), ("RunEntropy", "rlm_rl_entr"),
        ("LowGrayLevelRunEmphasis", "rlm_lgre"), ("HighGrayLevelRunEmphasis", "rlm_hgre"), ("ShortRunLowGrayLevelEmphasis", "rlm_srlge"),
        ("ShortRunHighGrayLevelEmphasis", "rlm_srhge"), ("LongRunLowGrayLevelEmphasis", "rlm_lrlge"), ("LongRunHighGrayLevelEmphasis", "rlm_lrhge"),
    ];

    public static void AddCooccurrence(PyRadiomicsMap image, ClassSink features)
    {
        var (grid, texture) = (image.Grid, image.Settings.Texture);
        var steps = Shells.Steps(image.Special.Distances, image.InSlices).Where(step => Shells.Fits(step, grid)).ToArray();
        var matrices = CooccurrenceMatrices.Count(grid, steps, texture.SymmetricCooccurrence, 0, grid.SizeZ);
        if (image.Merges)
        {
            matrices = Merge(matrices, steps, step => Math.Exp(-step.SquaredLength(grid.Spacing, texture.DistanceWeighting)));
        }

        var mean = new Mean(new CooccurrenceFeatures(grid, texture));
        foreach (var matrix in matrices.Where(matrix => !matrix.IsEmpty))
        {
            var correlation = features.Wants("MCC") ? MaximalCorrelation.Of(matrix, grid.Levels.Length, texture.SymmetricCooccurrence) : 0;
            mean.Add(matrix, correlation, CellsOf(matrix, texture.SymmetricCooccurrence));
        }

        mean.Report(CooccurrenceTags, features);
        features.Add("MCC", mean.Extra, NoDirection);
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

        var mean = new Mean(new RunLengthFeatures(grid));
        foreach (var matrix in matrices.Where(matrix => !matrix.IsEmpty))
        {
            mean.Add(matrix, 0, matrix.Values.Length);
        }

        mean.Report(RunTags, features);
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

    /// <summary>The mean over matrices of a family's features and of one more.</summary>
    private sealed class Mean(IDirectionalFamily family)
    {
        private readonly double[] _sums = new double[family.Tags.Count];
        private readonly double[] _values = new double[family.Tags.Count];
        private double _extra;
        private double _cells;
        private int _count;

        public double Extra => _extra / _count;

        public void Add(DirectionalMatrix matrix, double extra, int cells)
        {
            family.Measure(matrix, 1, _values);
            for (var i = 0; i < _sums.Length; i++)
            {
                _sums[i] += _values[i];
            }

            _extra += extra;
            _cells += cells;
            _count++;
        }

        public void Report((string Name, string Tag)[] names, ClassSink features)
        {
            for (var i = 0; i < _sums.Length; i++)
            {
                foreach (var (name, tag) in names)
                {
                    if (tag == family.Tags[i])
                    {
                        // The epsilon in the logarithm takes as much from each cell's share, however large the cell is.
                        var epsilon = tag is "cm_joint_entr" or "rlm_rl_entr" ? _cells / _count * EntropyPerCell : 0;
                        features.Add(name, _sums[i] / _count - epsilon, NoDirection);
                    }
                }
            }
        }
    }
}
