using System.Text;
using System.Text.RegularExpressions;

namespace LocalRuntime.Functions.Hosting;

/// <summary>A blob trigger's path: a container and a pattern whose <c>{name}</c> parts match greedily, across slashes.</summary>
internal sealed partial class BlobPathPattern
{
    private readonly Regex? _pattern;

    private BlobPathPattern(string container, string prefix, string[] names, Regex? pattern) =>
        (Container, Prefix, Names, _pattern) = (container, prefix, names, pattern);

    public string Container { get; }

    /// <summary>What every matching name begins with: enough to list by.</summary>
    public string Prefix { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads <c>container</c>, <c>container/fixed.txt</c> or <c>container/{a}/{b}.zip</c>.</summary>
    /// <exception cref="FormatException">There is no container, or a part has no closing brace or is named twice.</exception>
    public static BlobPathPattern Parse(string path)
    {
        var slash = path.IndexOf('/');
        var container = slash < 0 ? path : path[..slash];
        var template = slash < 0 ? "" : path[(slash + 1)..];
        if (container.Length == 0 || container.Contains('{'))
            throw new FormatException($"The blob path '{path}' doesn't begin with a container.");
        if (template.Length == 0)
            return new BlobPathPattern(container, "", [], null);
        var names = new List<string>();
        var regex = new StringBuilder("^");
        var at = 0;
        foreach (Match part in Part().Matches(template))
        {
            regex.Append(Regex.Escape(template[at..part.Index])).Append($"(?<{part.Groups[1].Value}>.+)");
            names.Add(part.Groups[1].Value);
            at = part.Index + part.Length;
        }
        var tail = template[at..];
        if (tail.AsSpan().IndexOfAny('{', '}') >= 0 || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
            throw new FormatException($"The blob path '{path}' has a part that isn't closed or is named twice.");
        regex.Append(Regex.Escape(tail)).Append('$');
        var prefix = names.Count == 0 ? template : template[..template.IndexOf('{')];
        return new BlobPathPattern(container, prefix, [.. names], new Regex(regex.ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant));
    }

    /// <summary>The parts of a blob's name (without the container); null if it doesn't match.</summary>
    public IReadOnlyDictionary<string, string>? Match(string blobName)
    {
        if (_pattern is null)
            return new Dictionary<string, string>();
        var match = _pattern.Match(blobName);
        return match.Success && match.Index == 0 && match.Length == blobName.Length
            ? Names.ToDictionary(name => name, name => match.Groups[name].Value)
            : null;
    }

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Part();
}
