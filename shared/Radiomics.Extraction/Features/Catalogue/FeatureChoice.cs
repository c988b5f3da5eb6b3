namespace Radiomics.Extraction;

/// <summary>Which features settings want that name single ones: those of whole families, but for those on request, and those that are named.</summary>
internal sealed class FeatureChoice
{
    private readonly ExtractionSettings _settings;
    private readonly (string Tag, string? Ending)[] _named;

    private FeatureChoice(ExtractionSettings settings, IReadOnlyList<string> named)
    {
        _settings = settings;
        _named = new (string, string?)[named.Count];
        for (var i = 0; i < _named.Length; i++)
        {
            var (feature, ending) = FeatureCatalogue.Parse(named[i]);
            _named[i] = (feature.Tag, ending);
        }
    }

    /// <summary>The choice of validated settings; null if they name no single features.</summary>
    public static FeatureChoice? Of(ExtractionSettings settings) => settings.Features is { } named ? new(settings, named) : null;

    /// <summary>Checks the names that settings choose.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>, with the name at fault.</exception>
    public static void Validate(ExtractionSettings settings)
    {
        if (settings.Features is not { } named)
        {
            return;
        }

        ExtractionSettings.Require(
            settings.Conventions == Conventions.Ibsi, "'features' goes with IBSI's conventions; of PyRadiomics' classes 'pyRadiomics.features' chooses.");
        ExtractionSettings.Require(
            named.Count > 0 && !named.Contains(null!) && ExtractionSettings.AreDistinct(named), "'features' must name at least one feature, each once.");
        foreach (var name in named)
        {
            var (feature, ending) = FeatureCatalogue.Parse(name);
            ExtractionSettings.Require(
                ending is null || FeatureEndings.Of(feature.Family, settings.Texture).Contains(ending),
                $"'features' has '{name}', but 'texture.aggregations' has none that ends so.");
        }
    }

    /// <summary>Whether a feature is wanted, in whichever aggregation.</summary>
    public bool Wants(Feature feature) => IsOfWholeFamily(feature) || Array.Exists(_named, n => n.Tag == feature.Tag);

    /// <summary>Whether a feature is wanted in the aggregation of that ending.</summary>
    public bool Wants(Feature feature, string ending) =>
        IsOfWholeFamily(feature) || Array.Exists(_named, n => n.Tag == feature.Tag && (n.Ending is null || n.Ending == ending));

    private bool IsOfWholeFamily(Feature feature) => !feature.OnRequest && _settings.Families.Contains(feature.Family);
}
