namespace Radiomics.Extraction;

/// <summary>Takes one class' features of one image, those that are wanted, under PyRadiomics' names without the image's.</summary>
internal sealed class ClassSink
{
    private readonly string _prefix;
    private readonly PyRadiomicsClass _class;
    private readonly HashSet<string> _wanted;

    /// <param name="featureClass">The class.</param>
    /// <param name="settings">Which features are wanted.</param>
    public ClassSink(PyRadiomicsClass featureClass, PyRadiomicsSettings settings)
    {
        (_prefix, _class) = ($"{featureClass.Name}_", featureClass);
        _wanted = [.. settings.Features.TryGetValue(featureClass.Name, out var named) && named.Count > 0 ? named : featureClass.Default];
        foreach (var (name, reason) in featureClass.Dropped)
        {
            Add(name, double.NaN, $"PyRadiomics computes it no more: {reason}");
        }
    }

    /// <summary>What has come in.</summary>
    public FeatureSink Features { get; } = new();

    /// <summary>Whether a feature is wanted that costs enough to ask.</summary>
    public bool Wants(string name) => _wanted.Contains(name);

    /// <summary>Adds a feature if it is wanted.</summary>
    public void Add(string name, double value, string reason = "The formula has no value for this ROI.")
    {
        if (_wanted.Contains(name))
        {
            Features.Add(_prefix + name, value, reason);
        }
    }

    /// <summary>Adds every wanted feature as undefined.</summary>
    public void AddUndefined(string reason)
    {
        foreach (var name in _wanted.Where(name => !_class.Dropped.ContainsKey(name)))
        {
            Features.Add(_prefix + name, double.NaN, reason);
        }
    }
}
