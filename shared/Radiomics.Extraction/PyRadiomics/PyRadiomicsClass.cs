namespace Radiomics.Extraction;

/// <summary>A feature class of PyRadiomics.</summary>
public abstract class PyRadiomicsClass
{
    private protected PyRadiomicsClass(string name, FeatureFamily family, IReadOnlyList<PyRadiomicsFeature> features) =>
        (Name, Family, Features) = (name, family, features);

    /// <summary>Its name there, e.g. <c>gldm</c>.</summary>
    public string Name { get; }

    /// <summary>The family that it is here.</summary>
    public FeatureFamily Family { get; }

    /// <summary>Its features; those on request and those that PyRadiomics computes no more, too.</summary>
    public IReadOnlyList<PyRadiomicsFeature> Features { get; }

    /// <summary>Names of the features computed unless some are named.</summary>
    public IReadOnlyList<string> Default
    {
        get
        {
            var names = new List<string>(Features.Count);
            foreach (var feature in Features)
            {
                if (!feature.OnRequest && feature.Dropped is null)
                {
                    names.Add(feature.Name);
                }
            }

            return names;
        }
    }

    /// <summary>The feature that the class has, or had, of that name; null if there is none.</summary>
    public PyRadiomicsFeature? Feature(string name)
    {
        foreach (var feature in Features)
        {
            if (feature.Name == name)
            {
                return feature;
            }
        }

        return null;
    }

    /// <summary>Whether the class has, or had, a feature of that name.</summary>
    public bool Has(string feature) => Feature(feature) is not null;
}

/// <summary>A class whose features are computed from <typeparamref name="T"/>.</summary>
/// <param name="name">Its name there.</param>
/// <param name="family">The family that it is here.</param>
/// <param name="features">Its features.</param>
internal sealed class PyRadiomicsClass<T>(string name, FeatureFamily family, PyRadiomicsFeature<T>[] features) : PyRadiomicsClass(name, family, features)
    where T : class
{
    /// <summary>The same with the code.</summary>
    public PyRadiomicsFeature<T>[] All { get; } = features;

    /// <summary>Features by IBSI's formulas, of all that PyRadiomics has of a family, and more.</summary>
    public static PyRadiomicsFeature<T>[] Of(FeatureTable<T> table, params PyRadiomicsFeature<T>[] more)
    {
        var shared = table.OfPyRadiomics;
        var all = new PyRadiomicsFeature<T>[shared.Length + more.Length];
        for (var i = 0; i < shared.Length; i++)
        {
            all[i] = new(shared[i]);
        }

        more.CopyTo(all, shared.Length);
        return all;
    }

    /// <summary>Adds what is wanted.</summary>
    public void Add(T measured, ClassSink features, double cells = 0)
    {
        foreach (var feature in All)
        {
            if (features.Wants(feature.Name))
            {
                features.Add(feature, feature.Of(measured) - cells * (feature.Counterpart?.PyRadiomicsPerCell ?? 0));
            }
        }
    }
}
