namespace Radiomics.Extraction;

/// <summary>Brings the features of GLSZM, GLDZM and NGLDM together by slice or in the volume.</summary>
internal static class CountMatrixFeatures
{
    /// <summary>Adds the features in every mode that the settings ask for.</summary>
    /// <param name="table">The family's.</param>
    /// <param name="settings">Which modes.</param>
    /// <param name="find">Finds what is counted: by slice or in the volume.</param>
    /// <param name="features">Where the features go.</param>
    public static void Add(FeatureTable<CountMatrixSums> table, TextureSettings settings, Func<bool, CountedItems> find, FeatureSink features)
    {
        var modes = TextureModes.Of(settings);
        if (modes.Slices || modes.MergedSlices)
        {
            var items = find(true);
            if (modes.Slices)
            {
                AddMeans(table, items, features);
            }

            if (modes.MergedSlices)
            {
                table.Add(CountMatrixSums.Of(items.Matrix()), features, TextureModes.MergedSlicesEnding);
            }
        }

        if (modes.Volume)
        {
            table.Add(CountMatrixSums.Of(find(false).Matrix()), features, TextureModes.VolumeEnding);
        }
    }

    private static void AddMeans(FeatureTable<CountMatrixSums> table, CountedItems items, FeatureSink features)
    {
        var sums = new CountMatrixSums[items.Parts];
        for (var part = 0; part < sums.Length; part++)
        {
            sums[part] = CountMatrixSums.Of(items.Matrix(part));
        }

        foreach (var feature in table.Chosen(features.Choice))
        {
            double mean = 0;
            foreach (var part in sums)
            {
                mean += feature.Of(part);
            }

            features.Add(feature, TextureModes.SlicesEnding, mean / sums.Length);
        }
    }
}
