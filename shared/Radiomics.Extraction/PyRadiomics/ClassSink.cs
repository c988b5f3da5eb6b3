namespace Radiomics.Extraction;

/// <summary>Takes one class' features of one image, those that are wanted, under PyRadiomics' names without the image's.</summary>
internal class ClassSink
{
    private readonly string _prefix;
    private readonly PyRadiomicsClass _class;
    private readonly HashSet<string> _wanted;

    /// <param name="featureClass">The class.</param>
    /// <param name="settings">Which features are wanted.</param>
    public ClassSink(PyRadiomicsClass featureClass, PyRadiomicsSettings settings)
    {
        (_prefix, _class) = ($"{featureClass.Name}_", featureClass);
        _wanted = [.. settings.NamesOf(featureClass)];
        foreach (var feature in featureClass.Features)
        {
            if (feature.Dropped is { } reason && Wants(feature.Name))
            {
                Features.Add(_prefix + feature.Name, double.NaN, $"PyRadiomics computes it no more: {reason}");
            }
        }
    }

    /// <summary>What has come in.</summary>
    public FeatureSink Features { get; } = new();

    /// <summary>Whether a feature is wanted.</summary>
    public bool Wants(string name) => _wanted.Contains(name);

    /// <summary>Adds a feature if it is wanted and still computed.</summary>
    public virtual void Add(PyRadiomicsFeature feature, double value, string? reason = null)
    {
        if (feature.Dropped is null && Wants(feature.Name))
        {
            Features.Add(_prefix + feature.Name, value, reason ?? feature.Counterpart?.Undefined ?? "The formula has no value for this ROI.");
        }
    }

    /// <summary>Adds every wanted feature as undefined.</summary>
    public void AddUndefined(string reason)
    {
        foreach (var feature in _class.Features)
        {
            Add(feature, double.NaN, reason);
        }
    }
}
