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
                var slices = new CountMatrixSums[items.Parts];
                for (var part = 0; part < slices.Length; part++)
                {
                    slices[part] = CountMatrixSums.Of(items.Matrix(part));
                }

                table.AddMeans(slices, features, TextureModes.SlicesEnding);
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
}
