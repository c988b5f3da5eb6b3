namespace Radiomics.Extraction;

/// <summary>PyRadiomics' class <c>ngtdm</c>. Unlike with IBSI a voxel without neighbours counts, with a difference of 0; and where a formula is 0/0 it is 0.</summary>
internal static class ToneDifferenceClass
{
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

        var values = NgtdmFeatures.Of(matrix);
        double weighted = 0;
        for (var i = 0; i < matrix.Counts.Length; i++)
        {
            weighted += (double)matrix.Counts[i] / grid.VoxelCount * matrix.Differences[i];
        }

        features.Add("Coarseness", weighted == 0 ? 1e6 : 1 / weighted);
        features.Add("Contrast", values[1]);
        features.Add("Busyness", double.IsNaN(values[2]) ? 0 : values[2]);
        features.Add("Complexity", values[3]);
        features.Add("Strength", values[4]);
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
}
