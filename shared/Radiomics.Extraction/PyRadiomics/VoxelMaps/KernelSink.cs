namespace Radiomics.Extraction;

/// <summary>Takes one class' features of one kernel after the other, without anything new for each.</summary>
internal sealed class KernelSink : ClassSink
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public KernelSink(PyRadiomicsClass featureClass, PyRadiomicsSettings settings)
        : base(featureClass, settings)
    {
        foreach (var name in Names(featureClass, settings))
        {
            _places.Add(name, _places.Count);
        }

        Values = new double[_places.Count];
    }

    /// <summary>Values of the kernel at hand in the order of <see cref="Names"/>; not a number where the formula has none.</summary>
    public double[] Values { get; }

    /// <summary>The features that are wanted and still computed.</summary>
    public static string[] Names(PyRadiomicsClass featureClass, PyRadiomicsSettings settings) =>
        [.. settings.NamesOf(featureClass).Where(name => featureClass.Feature(name) is { Dropped: null }).Distinct()];

    /// <inheritdoc/>
    public override void Add(PyRadiomicsFeature feature, double value, string? reason = null)
    {
        if (_places.TryGetValue(feature.Name, out var place))
        {
            Values[place] = double.IsFinite(value) ? value : double.NaN;
        }
    }
}
