namespace Radiomics.Extraction;

/// <summary>A feature as PyRadiomics has it; those that IBSI defines, too, are told by their <see cref="Feature"/>.</summary>
public abstract class PyRadiomicsFeature
{
    private protected PyRadiomicsFeature(string name, Feature? counterpart) => (Name, Counterpart) = (name, counterpart);

    /// <summary>Its name within its class, e.g. <c>Contrast</c>.</summary>
    public string Name { get; }

    /// <summary>What IBSI has in its place; null if nothing.</summary>
    public Feature? Counterpart { get; }

    /// <summary>The formula in plain text, where <see cref="Counterpart"/> doesn't say it.</summary>
    public abstract string? Formula { get; }

    /// <summary>What the value is counted in.</summary>
    public FeatureUnit Unit { get; init; } = FeatureUnit.None;

    /// <summary>Whether it is computed only if a parameter file names it.</summary>
    public bool OnRequest { get; init; }

    /// <summary>Why PyRadiomics, which still knows the name, computes it no more; then it comes out undefined. Null if it does.</summary>
    public string? Dropped { get; init; }
}

/// <summary>A feature of PyRadiomics with the code that computes it.</summary>
internal sealed class PyRadiomicsFeature<T> : PyRadiomicsFeature
    where T : class
{
    private readonly Func<T, double> _of;

    /// <summary>A feature by IBSI's formula.</summary>
    public PyRadiomicsFeature(Feature<T> counterpart)
        : this(counterpart, counterpart.Of)
    {
    }

    /// <summary>A feature that is IBSI's with a difference, which that says.</summary>
    public PyRadiomicsFeature(Feature counterpart, Func<T, double> of)
        : base(counterpart.PyRadiomics!, counterpart)
    {
        _of = of;
        Unit = counterpart.Unit;
        OnRequest = counterpart.PyRadiomicsOnRequest;
    }

    /// <summary>A feature that IBSI has no counterpart of.</summary>
    public PyRadiomicsFeature(string name, FeatureUnit unit, string formula, Func<T, double> of)
        : base(name, null) => (_of, Unit, Formula) = (of, unit, formula);

    private PyRadiomicsFeature(string name, string dropped)
        : base(name, null) => (_of, Dropped) = (_ => double.NaN, dropped);

    /// <inheritdoc/>
    public override string? Formula { get; }

    /// <summary>A feature that PyRadiomics computes no more.</summary>
    public static PyRadiomicsFeature<T> NoMore(string name, string why) => new(name, why);

    /// <summary>The value; not finite where there is none.</summary>
    public double Of(T measured) => _of(measured);
}
