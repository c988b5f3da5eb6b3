using Radiomics.Extraction;

namespace Radiomics.Cli.Features;

/// <summary>A feature as <c>radiomics features</c> prints it: a line of a table, or an object in JSON.</summary>
public sealed record FeatureEntry
{
    /// <summary>The tag, or the whole name that an extraction gives it.</summary>
    public required string Name { get; init; }

    /// <summary>IBSI's identifier; null if it has none.</summary>
    public string? Code { get; init; }

    /// <summary>What it is, in English.</summary>
    public required string Title { get; init; }

    /// <summary>Its family.</summary>
    public required FeatureFamily Family { get; init; }

    /// <summary>What the value is counted in; empty for a pure number.</summary>
    public required string Unit { get; init; }

    /// <summary>Section of the IBSI manual; null for what only PyRadiomics has.</summary>
    public string? Section { get; init; }

    /// <summary>The formula in plain text.</summary>
    public required string Formula { get; init; }

    /// <summary>The endings that its tag may have.</summary>
    public IReadOnlyList<string> Endings { get; init; } = [];

    /// <summary>Whether it is computed only where it is named.</summary>
    public bool OnRequest { get; init; }

    /// <summary>Class and name that PyRadiomics has for it; null if none.</summary>
    public string? PyRadiomics { get; init; }

    /// <summary>How PyRadiomics' value differs in definition; null if it is the same.</summary>
    public string? Difference { get; init; }

    /// <summary>A feature by IBSI's definition.</summary>
    public static FeatureEntry Of(Feature feature, string? name = null) => new()
    {
        Name = name ?? feature.Tag,
        Code = feature.Code,
        Title = feature.Name,
        Family = feature.Family,
        Unit = feature.Unit.Text,
        Section = feature.Section,
        Formula = feature.Formula,
        Endings = feature.Endings,
        OnRequest = feature.OnRequest,
        PyRadiomics = PyRadiomicsName(feature),
        Difference = feature.Difference,
    };

    /// <summary>A feature as PyRadiomics has it: in the family that chooses its class, and without endings.</summary>
    public static FeatureEntry Of(PyRadiomicsClass featureClass, PyRadiomicsFeature feature, string? name = null)
    {
        name ??= $"{featureClass.Name}_{feature.Name}";
        return feature.Counterpart is { } counterpart
            ? Of(counterpart, name) with { Family = featureClass.Family, Endings = [], OnRequest = feature.OnRequest }
            : new()
            {
                Name = name,
                Title = $"{feature.Name} ({featureClass.Name})",
                Family = featureClass.Family,
                Unit = feature.Unit.Text,
                Formula = feature.Formula ?? "",
                OnRequest = feature.OnRequest,
                PyRadiomics = $"{featureClass.Name} {feature.Name}",
                Difference = feature.Dropped is { } dropped ? $"PyRadiomics computes it no more: {dropped}" : "IBSI has no such feature.",
            };
    }

    /// <summary>A feature of an extraction.</summary>
    public static FeatureEntry Of(NamedFeature named) => named.PyRadiomics is { } feature
        ? Of(PyRadiomicsFeatures.All.First(c => c.Features.Contains(feature)), feature, named.Name)
        : Of(named.Feature!, named.Name);

    /// <summary>Class and name, e.g. <c>glcm Contrast</c>.</summary>
    private static string? PyRadiomicsName(Feature feature) =>
        PyRadiomicsFeatures.All.SelectMany(c => c.Features, (c, f) => (c, f)).FirstOrDefault(x => x.f.Counterpart == feature) is ({ } owner, { } theirs)
            ? $"{owner.Name} {theirs.Name}"
            : null;
}
