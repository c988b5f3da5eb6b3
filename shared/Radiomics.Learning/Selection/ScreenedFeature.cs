namespace Radiomics.Learning;

/// <summary>A feature that is still in, with what the steps so far learned of it on the training cases.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">Its column in its own matrix.</param>
/// <param name="Imputation">Median.</param>
/// <param name="Scale">Mean and deviation.</param>
/// <param name="Stability">Lower bound of ICC(1,1); 0 where none was measured.</param>
/// <param name="RankRow">Row of its ranks.</param>
/// <param name="Ties">Σ (t³ − t) over its equal values.</param>
/// <param name="Z">Of its Mann–Whitney test.</param>
internal readonly record struct ScreenedFeature(
    string Name, int Column, double Imputation, Standardisation Scale, double Stability, int RankRow, double Ties, double Z)
{
    /// <summary>The smallest p first, then by name.</summary>
    public static int ByP(ScreenedFeature a, ScreenedFeature b) => a.Z != b.Z ? b.Z.CompareTo(a.Z) : string.CompareOrdinal(a.Name, b.Name);

    /// <summary>The most stable first, then as <see cref="ByP"/>.</summary>
    public static int ByStability(ScreenedFeature a, ScreenedFeature b) => a.Stability != b.Stability ? b.Stability.CompareTo(a.Stability) : ByP(a, b);

    /// <summary>The feature's z-scores on some cases.</summary>
    public double[] Standardised(FeatureMatrix matrix, int[] rows)
    {
        var values = new double[rows.Length];
        var column = matrix.Columns[Column];
        for (var i = 0; i < rows.Length; i++)
        {
            var value = column[rows[i]];
            values[i] = double.IsNaN(value) ? Imputation : value;
        }

        Scale.Apply(values);
        return values;
    }

    /// <summary>As chosen.</summary>
    public SelectedFeature Selected(int firstColumn, double coefficient) =>
        new(Name, firstColumn + Column, Imputation, Scale.Mean, Scale.Deviation, coefficient);
}
