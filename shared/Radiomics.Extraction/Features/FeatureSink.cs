namespace Radiomics.Extraction;

/// <summary>Collects features by tag, in ordinal order; a value that isn't finite needs a reason instead.</summary>
/// <param name="choice">Which features are wanted; null: all but those on request.</param>
internal sealed class FeatureSink(FeatureChoice? choice = null)
{
    private readonly TagTable<double?> _values = new();
    private readonly TagTable<string> _undefined = new();

    /// <summary>Which features are wanted; null: all but those on request.</summary>
    public FeatureChoice? Choice { get; } = choice;

    public IReadOnlyDictionary<string, double?> Values => _values;

    public IReadOnlyDictionary<string, string> Undefined => _undefined;

    /// <summary>Adds a feature's value in one aggregation if it is wanted, or null with a reason where the formula has none.</summary>
    public void Add(Feature feature, string ending, double value, string? reason = null)
    {
        if (Choice is null || Choice.Wants(feature, ending))
        {
            Add(feature.Tag + ending, value, reason ?? feature.Undefined ?? "The value exceeds the number range.");
        }
    }

    /// <summary>Adds a value, or null with <paramref name="reason"/> where the formula has none.</summary>
    public void Add(string tag, double value, string reason)
    {
        if (double.IsFinite(value))
        {
            _values.Add(tag, value);
        }
        else
        {
            _values.Add(tag, null);
            _undefined.Add(tag, reason);
        }
    }

    /// <summary>Adds everything of another sink, each tag with <paramref name="prefix"/> before it and <paramref name="suffix"/> behind it.</summary>
    public void Add(FeatureSink other, string prefix = "", string suffix = "")
    {
        foreach (var (tag, value) in other._values)
        {
            _values.Add(prefix + tag + suffix, value);
        }

        foreach (var (tag, reason) in other._undefined)
        {
            _undefined.Add(prefix + tag + suffix, reason);
        }
    }
}
