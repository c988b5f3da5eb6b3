using System.Globalization;
using Radiomics.Extraction;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Radiomics.Cli.PyRadiomics;

/// <summary>One value of a PyRadiomics parameter file, with the name to complain about; YAML's words for true, false and nothing as Python reads them.</summary>
internal sealed record ParameterNode(string Name, YamlNode Node)
{
    /// <summary>Whether there is no value (<c>weightingNorm:</c>).</summary>
    public bool IsNull => Node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any } scalar && scalar.Value is null or "" or "~" or "null" or "Null" or "NULL";

    public double Number() => IsPlain(out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw Invalid("must be a number");

    public int Integer() => IsPlain(out var text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw Invalid("must be a whole number");

    public bool Boolean() => IsPlain(out var text)
        ? text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" => true,
            "false" or "no" or "off" => false,
            _ => throw Invalid("must be true or false"),
        }
        : throw Invalid("must be true or false");

    public string Text() => Node is YamlScalarNode { Value: { } text } ? text : throw Invalid("must be a single value");

    /// <summary>The elements of a list.</summary>
    public IReadOnlyList<ParameterNode> Items() => Node is YamlSequenceNode sequence
        ? [.. sequence.Children.Select(child => new ParameterNode(Name, child))]
        : throw Invalid("must be a list");

    /// <summary>The entries of a mapping, in the file's order.</summary>
    public IReadOnlyList<ParameterNode> Entries() => Node is YamlMappingNode mapping
        ? [.. mapping.Children.Select(child => new ParameterNode(new ParameterNode(Name, child.Key).Text(), child.Value))]
        : throw Invalid("must be a mapping, {} if empty");

    /// <summary>A value that isn't what PyRadiomics wants here.</summary>
    public RadiomicsException Invalid(string what) => new("InvalidParameters", $"'{Name}' in the parameter file (line {Node.Start.Line}, column {Node.Start.Column}) {what}.");

    /// <summary>A value that PyRadiomics would take, but that this tool can't honour.</summary>
    public RadiomicsException Unsupported(string what) =>
        new("UnsupportedParameter", $"'{Name}' in the parameter file (line {Node.Start.Line}, column {Node.Start.Column}) can't be honoured: {what}.");

    private bool IsPlain(out string text)
    {
        text = (Node as YamlScalarNode)?.Value ?? "";
        return Node is YamlScalarNode { Style: ScalarStyle.Plain };
    }
}
