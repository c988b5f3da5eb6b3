using static Radiomics.Extraction.FeatureUnit;

namespace Radiomics.Extraction;

/// <summary>
/// Neighbourhood grey tone difference matrix, <c>ngt_</c> (IBSI manual 3.10): n_i voxels of grey level i have neighbours, s_i is the sum of their differences from
/// the mean of those; N_v = Σ n_i, p_i = n_i / N_v, N_g,p the number of levels with p_i &gt; 0; the sums over i and j run over these.
/// </summary>
internal static class NgtdmFeatures
{
    private const string NoNeighbour = "No voxel of the ROI has a neighbour in the ROI.";

    public static readonly FeatureTable<ToneDifferenceMeasures> Table = new(
        FeatureFamily.Ngtdm,
        new("ngt_coarseness", "QCDE", "Coarseness (NGTDM)", None, "3.10.1", "1 / Σ_i p_i s_i, at most 10⁶", m => m.Coarseness)
        {
            Undefined = NoNeighbour,
            PyRadiomics = "Coarseness",
            Difference = "Voxels without neighbours count, with a difference of 0; 10⁶ if the sum is 0, else whatever it is.",
        },
        new("ngt_contrast", "65HE", "Contrast (NGTDM)", None, "3.10.2", "Σ_i Σ_j p_i p_j (i − j)² / (N_g,p (N_g,p − 1)) · Σ_i s_i / N_v; 0 if N_g,p = 1", m => m.Contrast)
        {
            Undefined = NoNeighbour,
            PyRadiomics = "Contrast",
            Difference = "Voxels without neighbours count, with a difference of 0.",
        },
        new("ngt_busyness", "NQ30", "Busyness (NGTDM)", None, "3.10.3", "Σ_i p_i s_i / Σ_i Σ_j |i p_i − j p_j|; 0 if N_g,p = 1", m => m.Busyness)
        {
            Undefined = "No voxel of the ROI has a neighbour in the ROI, or all products of a grey level and its probability are the same.",
            PyRadiomics = "Busyness",
            Difference = "Voxels without neighbours count, with a difference of 0; 0 where all products of a grey level and its probability are the same.",
        },
        new("ngt_complexity", "HDEZ", "Complexity (NGTDM)", None, "3.10.4", "Σ_i Σ_j |i − j| (p_i s_i + p_j s_j) / (p_i + p_j) / N_v", m => m.Complexity)
        {
            Undefined = NoNeighbour,
            PyRadiomics = "Complexity",
            Difference = "Voxels without neighbours count, with a difference of 0.",
        },
        new("ngt_strength", "1X9X", "Strength (NGTDM)", None, "3.10.5", "Σ_i Σ_j (p_i + p_j) (i − j)² / Σ_i s_i; 0 if Σ_i s_i = 0", m => m.Strength)
        {
            Undefined = NoNeighbour,
            PyRadiomics = "Strength",
            Difference = "Voxels without neighbours count, with a difference of 0.",
        });

    public static void Add(MeasuredImage image, FeatureSink features)
    {
        var settings = image.Settings.Texture;
        var modes = TextureModes.Of(settings);
        if (modes.Slices || modes.MergedSlices)
        {
            var slices = ToneDifferences.Of(image.Grid, settings.NeighbourhoodDistance, bySlice: true);
            if (modes.Slices)
            {
                Table.AddMeans(Array.ConvertAll(slices.ToArray(), ToneDifferenceMeasures.Of), features, TextureModes.SlicesEnding);
            }

            if (modes.MergedSlices)
            {
                var merged = new ToneDifferenceMatrix(image.Grid.Levels);
                slices.ForEach(merged.Add);
                Table.Add(ToneDifferenceMeasures.Of(merged), features, TextureModes.MergedSlicesEnding);
            }
        }

        if (modes.Volume)
        {
            var volume = ToneDifferences.Of(image.Grid, settings.NeighbourhoodDistance, bySlice: false)[0];
            Table.Add(ToneDifferenceMeasures.Of(volume), features, TextureModes.VolumeEnding);
        }
    }
}
