namespace Radiomics.Extraction;

/// <summary>All features by IBSI's definitions, whichever family declares them.</summary>
public static class FeatureCatalogue
{
    /// <summary>In the order of families, and within them of the manual.</summary>
    public static IReadOnlyList<Feature> All => Listed.All;

    /// <summary>The feature of a tag, with or without an ending of its family: <c>cm_contrast</c>, <c>cm_contrast_3D_comb</c>; null if there is none.</summary>
    /// <param name="tag">In any case.</param>
    /// <param name="ending">The ending, e.g. <c>_3D_comb</c>; null if it has none.</param>
    public static Feature? Find(string tag, out string? ending)
    {
        ending = null;
        foreach (var feature in All)
        {
            if (!tag.StartsWith(feature.Tag, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (tag.Length == feature.Tag.Length)
            {
                return feature;
            }

            foreach (var known in feature.Endings)
            {
                if (tag.AsSpan(feature.Tag.Length).Equals(known, StringComparison.OrdinalIgnoreCase))
                {
                    ending = known;
                    return feature;
                }
            }
        }

        return null;
    }

    /// <summary>The known tags that are most like one that isn't, the likest first; at most three.</summary>
    public static IReadOnlyList<string> Near(string tag)
    {
        var near = new List<(int Distance, string Tag)>();
        foreach (var feature in All)
        {
            var stem = WithoutEnding(tag, feature);
            var distance = Spelling.Distance(stem, feature.Tag);
            var isWithin = feature.Tag.Contains(stem, StringComparison.OrdinalIgnoreCase) && stem.Length > 2;
            if (isWithin || distance <= Math.Max(2, stem.Length / 4))
            {
                near.Add((isWithin ? Math.Min(distance, 2) : distance, feature.Tag));
            }
        }

        near.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : string.CompareOrdinal(a.Tag, b.Tag));
        return near.ConvertAll(n => n.Tag)[..Math.Min(3, near.Count)];
    }

    /// <summary>The feature and ending of a name that settings choose.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: there is no such feature; the sentence names the nearest.</exception>
    internal static (Feature Feature, string? Ending) Parse(string name) =>
        Find(name, out var ending) is { } feature ? (feature, ending) : throw new RadiomicsException("InvalidSettings", $"'features' has '{name}', and there is no such feature{Suggestion(name)}");

    /// <summary>The end of a sentence that says what may have been meant.</summary>
    public static string Suggestion(string name) =>
        Near(name) is { Count: > 0 } near ? $"; there is {string.Join(", ", near)}." : "; 'radiomics features list' prints all.";

    private static string WithoutEnding(string tag, Feature feature)
    {
        foreach (var ending in feature.Endings)
        {
            if (tag.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return tag[..^ending.Length];
            }
        }

        return tag;
    }

    // Made when first asked for: an extraction needs the tables of its own families only.
    private static class Listed
    {
        public static readonly Feature[] All =
        [
            .. MorphologyFeatures.Table.Features, .. SpatialAutocorrelation.Table.Features, .. LocalIntensityFeatures.Table.Features,
            .. StatisticsFeatures.Table.Features, .. HistogramFeatures.Table.Features, .. IntensityVolumeHistogramFeatures.Table.Features,
            .. CooccurrenceTable.Table.Features, .. RunLengthFeatures.Table.Features, .. GlszmFeatures.Table.Features, .. GldzmFeatures.Table.Features,
            .. NgtdmFeatures.Table.Features, .. NgldmFeatures.Table.Features,
        ];
    }
}
