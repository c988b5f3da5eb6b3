using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>The header of an NRRD file (teem.sourceforge.net/nrrd/format.html): its fields, and its own pairs of keys and values.</summary>
internal sealed class NrrdHeader
{
    /// <summary>What such a file is called in sentences.</summary>
    public const string Format = "NRRD file";

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    private NrrdHeader()
    {
    }

    /// <summary>Pairs of keys and values, which programs add.</summary>
    public Dictionary<string, string> Pairs { get; } = new(StringComparer.Ordinal);

    /// <summary>Name of the file with the voxels; null if they follow the header.</summary>
    public string? DataFile => this["data file"] ?? this["datafile"];

    /// <summary>A field's text; null without it.</summary>
    public string? this[string field] => _fields.GetValueOrDefault(field);

    /// <summary>Whether bytes are the beginning of such a file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> start) => start.StartsWith("NRRD000"u8);

    /// <summary>Reads the header and leaves the stream behind it.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>.</exception>
    public static NrrdHeader Read(Stream stream)
    {
        var header = new NrrdHeader();
        var isFirst = true;
        foreach (var line in HeaderText.Read(stream, Format, line => line.Length == 0, endsWithFile: true))
        {
            if (!isFirst && line.Length > 0 && line[0] != '#')
            {
                header.Add(line);
            }

            isFirst = false;
        }

        return header;
    }

    /// <summary>A field's text.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>: without it.</exception>
    public string Required(string field) => this[field] ?? throw ImageError.Of(Format, $"Its header has no '{field}'.");

    /// <summary>Names of labels, from the segments of 3D Slicer.</summary>
    public SortedDictionary<int, string> LabelNames()
    {
        var names = new SortedDictionary<int, string>();
        for (var i = 0; Pairs.TryGetValue($"Segment{i}_Name", out var name) || Pairs.ContainsKey($"Segment{i}_LabelValue"); i++)
        {
            if (name is { Length: > 0 } && Pairs.TryGetValue($"Segment{i}_LabelValue", out var value) && int.TryParse(value, out var label))
            {
                names.TryAdd(label, name);
            }
        }

        return names;
    }

    private void Add(string line)
    {
        // A field's name has no colon, and is followed by one and a space; a key by a colon and an equals sign.
        var (pair, field) = (line.IndexOf(":=", StringComparison.Ordinal), line.IndexOf(": ", StringComparison.Ordinal));
        if (pair > 0 && (field < 0 || pair < field))
        {
            Pairs[line[..pair]] = line[(pair + 2)..];
        }
        else if (line.IndexOf(':') is > 0 and var colon)
        {
            _fields[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
        else
        {
            throw ImageError.Of(Format, "Its header has a line that is neither a field nor a key with a value.");
        }
    }
}
