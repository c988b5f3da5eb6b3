namespace Radiomics.Extraction;

/// <summary>PyRadiomics' class <c>ngtdm</c>. Unlike with IBSI a voxel without neighbours counts, with a difference of 0; and where a formula is 0/0 it is 0.</summary>
internal static class ToneDifferenceClass
{
    public static readonly PyRadiomicsClass<Measures> Class = new(
        "ngtdm",
        FeatureFamily.Ngtdm,
        [
            new(NgtdmFeatures.Table["ngt_coarseness"], m => m.Weighted == 0 ? 1e6 : 1 / m.Weighted),
            new(NgtdmFeatures.Table["ngt_contrast"], m => m.Tones.Contrast),
            new(NgtdmFeatures.Table["ngt_busyness"], m => double.IsNaN(m.Tones.Busyness) ? 0 : m.Tones.Busyness),
            new(NgtdmFeatures.Table["ngt_complexity"], m => m.Tones.Complexity),
            new(NgtdmFeatures.Table["ngt_strength"], m => m.Tones.Strength),
        ]);

    public static void Add(PyRadiomicsMap image, ClassSink features)
    {
        var grid = image.Grid;
        var matrix = Matrix(image);
        Array.Clear(matrix.Counts);
        foreach (var rank in grid.Ranks)
        {
            if (rank != 0)
            {
                matrix.Counts[rank - 1]++;
            }
        }

        double weighted = 0;
        for (var i = 0; i < matrix.Counts.Length; i++)
        {
            weighted += (double)matrix.Counts[i] / grid.VoxelCount * matrix.Differences[i];
        }

        Class.Add(new(ToneDifferenceMeasures.Of(matrix), weighted), features);
    }

    private static ToneDifferenceMatrix Matrix(PyRadiomicsMap image)
    {
        var distances = image.Special.Distances;
        if (!Shells.AreSolid(distances))
        {
            return ShellNeighbours.ToneDifferences(image.Grid, distances, image.InSlices);
        }

        var sum = new ToneDifferenceMatrix(image.Grid.Levels);
        ToneDifferences.Of(image.Grid, distances.Count, image.InSlices).ForEach(sum.Add);
        return sum;
    }

    /// <summary>What the class' features are made of: IBSI's measures, and Σ p_i s_i.</summary>
    internal sealed record Measures(ToneDifferenceMeasures Tones, double Weighted);
}
