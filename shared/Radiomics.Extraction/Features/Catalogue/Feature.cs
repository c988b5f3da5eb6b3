namespace Radiomics.Extraction;

/// <summary>What a feature is; declared once, in the file of its family, beside the code that computes it.</summary>
public abstract class Feature
{
    private protected Feature(string tag, string? code, string name, FeatureUnit unit, string section) =>
        (Tag, Code, Name, Unit, Section) = (tag, code, name, unit, section);

    /// <summary>The reference tables' tag, without the ending that says how slices and directions came together: <c>cm_contrast</c>.</summary>
    public string Tag { get; }

    /// <summary>The IBSI manual's permanent identifier, e.g. <c>ACUI</c>; null for what the manual doesn't define.</summary>
    public string? Code { get; }

    /// <summary>Its name in English, unique among all features.</summary>
    public string Name { get; }

    /// <summary>What the value is counted in.</summary>
    public FeatureUnit Unit { get; }

    /// <summary>Where the IBSI manual defines it, e.g. <c>3.6.12</c>; for what it doesn't define, the section that it belongs to.</summary>
    public string Section { get; }

    /// <summary>The formula in plain text, in the letters of the manual.</summary>
    public abstract string Formula { get; }

    /// <summary>The family that it is computed with.</summary>
    public FeatureFamily Family { get; internal set; }

    /// <summary>Whether it is computed only where settings name it, not with its family as a whole.</summary>
    public bool OnRequest { get; init; }

    /// <summary>What PyRadiomics calls it in its class of the family, e.g. <c>Contrast</c>; null if it has no such feature.</summary>
    public string? PyRadiomics { get; init; }

    /// <summary>How PyRadiomics' value differs in definition; null if it is the same.</summary>
    public string? Difference { get; init; }

    /// <summary>Whether PyRadiomics computes it only if its parameter file names it.</summary>
    public bool PyRadiomicsOnRequest { get; init; }

    /// <summary>What PyRadiomics' value is less by for each cell of the matrix; 0 but for entropies.</summary>
    internal double PyRadiomicsPerCell { get; init; }

    /// <summary>Why there may be no value; null if only numbers that are too large can leave none.</summary>
    internal string? Undefined { get; init; }

    /// <summary>The endings that the family's tags may have under some settings; empty where there is nothing to bring together.</summary>
    public IReadOnlyList<string> Endings => FeatureEndings.Of(Family);
}

/// <summary>A feature with the code that computes it.</summary>
internal sealed class Feature<T> : Feature
    where T : class
{
    private readonly Formula<T> _formula;

    public Feature(string tag, string? code, string name, FeatureUnit unit, string section, string formula, Func<T, double> of)
        : this(tag, code, name, unit, section, new(formula, of))
    {
    }

    public Feature(string tag, string? code, string name, FeatureUnit unit, string section, Formula<T> formula)
        : base(tag, code, name, unit, section) => _formula = formula;

    /// <inheritdoc/>
    public override string Formula => _formula.Text;

    /// <summary>The value; not finite where there is none.</summary>
    public double Of(T measured) => _formula.Of(measured);
}
