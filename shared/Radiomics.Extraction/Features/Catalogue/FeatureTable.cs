namespace Radiomics.Extraction;

/// <summary>The features of one family, computed from <typeparamref name="T"/>, in the order of the manual.</summary>
internal sealed class FeatureTable<T>
    where T : class
{
    private readonly Feature<T>[] _all;
    private readonly Feature<T>[] _byDefault;

    public FeatureTable(FeatureFamily family, params Feature<T>[] features)
    {
        (_all, _byDefault) = (features, features);
        foreach (var feature in features)
        {
            feature.Family = family;
            if (feature.OnRequest)
            {
                _byDefault = Array.FindAll(features, f => !f.OnRequest);
            }
        }
    }

    /// <summary>All of them, those on request too.</summary>
    public IReadOnlyList<Feature> Features => _all;

    /// <summary>The feature of a tag.</summary>
    public Feature<T> this[string tag] => Array.Find(_all, f => f.Tag == tag) ?? throw new KeyNotFoundException($"There is no '{tag}'.");

    /// <summary>Those that PyRadiomics has too.</summary>
    public Feature<T>[] OfPyRadiomics => Array.FindAll(_all, f => f.PyRadiomics is not null);

    /// <summary>The features to compute: by default those that aren't on request only.</summary>
    public Feature<T>[] Chosen(FeatureChoice? choice) => choice is null ? _byDefault : Array.FindAll(_all, choice.Wants);

    /// <summary>Computes what <paramref name="features"/> wants.</summary>
    public void Add(T measured, FeatureSink features, string ending = "")
    {
        foreach (var feature in Chosen(features.Choice))
        {
            features.Add(feature, ending, feature.Of(measured));
        }
    }

    /// <summary>Computes the means of what <paramref name="features"/> wants over slices; one where a feature has no value counts in none of that feature's.</summary>
    public void AddMeans(T[] slices, FeatureSink features, string ending)
    {
        foreach (var feature in Chosen(features.Choice))
        {
            double sum = 0;
            var count = 0;
            foreach (var slice in slices)
            {
                var value = feature.Of(slice);
                if (!double.IsNaN(value))
                {
                    sum += value;
                    count++;
                }
            }

            features.Add(feature, ending, sum / count);
        }
    }
}
