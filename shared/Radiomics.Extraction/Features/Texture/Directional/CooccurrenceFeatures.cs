namespace Radiomics.Extraction;

/// <summary>Co-occurrence matrices by direction, and the features that are wanted of each (<see cref="CooccurrenceTable"/>).</summary>
/// <remarks>
/// Where every pair has the same grey level, 0/0 is read as: correlation 1 (equal grey levels, the usual limit), information correlations 0 (no mutual
/// information). Of an asymmetric matrix the first information correlation divides by the larger of the marginals' entropies, as Haralick has it; of a symmetric one
/// they are equal.
/// </remarks>
internal sealed class CooccurrenceFeatures(GreyLevelGrid grid, TextureSettings settings, Feature<CooccurrenceMeasures>[] chosen) : IDirectionalFamily
{
    private readonly CooccurrenceMeasures _measures = new(grid, settings.SymmetricCooccurrence);

    public static void Add(GreyLevelGrid grid, TextureSettings settings, FeatureSink features) =>
        DirectionalFeatures.Add(new CooccurrenceFeatures(grid, settings, CooccurrenceTable.Table.Chosen(features.Choice)), grid, settings, features);

    public Feature[] Features => chosen;

    public string WithoutMatrix => "The ROI has no two voxels at the co-occurrence distance in any direction that has a weight.";

    public int Distance => settings.CooccurrenceDistance;

    public DirectionalMatrix[] Count(ReadOnlySpan<Step> directions, int fromSlice, int toSlice)
    {
        Span<Step> steps = stackalloc Step[directions.Length];
        for (var d = 0; d < steps.Length; d++)
        {
            steps[d] = directions[d] * Distance;
        }

        return CooccurrenceMatrices.Count(grid, steps, settings.SymmetricCooccurrence, fromSlice, toSlice);
    }

    public void Measure(DirectionalMatrix matrix, double unit, Span<double> values)
    {
        _measures.Take(matrix);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = chosen[i].Of(_measures);
        }
    }
}
