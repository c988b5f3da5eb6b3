using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract;

/// <summary>
/// Which regions of a mask are meant, as it is written: a label (<c>2</c>), several as one region (<c>1+2</c>), several each (<c>1,2,3+4</c>), <c>all</c> that are there, or
/// nothing, which is one region of whatever isn't 0. A label may be the name that a segmentation of 3D Slicer gives it.
/// </summary>
internal sealed record RoiLabels
{
    private readonly string[][]? _regions;

    private RoiLabels(string? text, string[][]? regions) => (Text, _regions) = (text, regions);

    /// <summary>One region of whatever isn't 0.</summary>
    public static RoiLabels Any { get; } = new(null, null);

    /// <summary>As it is written; null for <see cref="Any"/>.</summary>
    public string? Text { get; }

    /// <summary>Whether there may be more than one region.</summary>
    public bool AreMany => IsAll || _regions?.Length > 1;

    /// <summary>Whether a label is a name.</summary>
    public bool HasNames => _regions?.Any(region => region.Any(label => !int.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))) ?? false;

    /// <summary>The regions as they are written; none if that takes the mask to know.</summary>
    public IReadOnlyList<string?> Written => _regions is null ? (IsAll ? [] : [null]) : [.. _regions.Select(region => string.Join('+', region))];

    private bool IsAll => Text == "all";

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">They can't be read; the sentence says how they are written.</exception>
    public static RoiLabels Parse(string text) => TryParse(text, out var labels, out var error) ? labels : throw new FormatException(error);

    /// <summary>Reads them, or says how they are written.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RoiLabels? labels, [NotNullWhen(false)] out string? error)
    {
        error = null;
        var trimmed = text.Trim();
        if (trimmed.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            labels = new("all", null);
            return true;
        }

        string[][] regions = [.. trimmed.Split(',').Select(region => Array.ConvertAll(region.Split('+', StringSplitOptions.TrimEntries), Plain))];
        var known = new HashSet<string>(StringComparer.Ordinal);
        labels = regions.All(region => region.All(label => label.Length > 0) && known.Add(string.Join('+', region)))
            ? new(string.Join(',', regions.Select(region => string.Join('+', region))), regions)
            : null;
        error = labels is null ? $"'{text}' is no label: 2 is one, 1+2 are two as one region, 1,2 two regions, 'all' is each that is there." : null;
        return labels is not null;
    }

    /// <summary>The label of a number; <see cref="Any"/> if null.</summary>
    public static implicit operator RoiLabels(int? label) => label is { } one ? Parse(one.ToString(CultureInfo.InvariantCulture)) : Any;

    /// <summary>The choice among a mask's labels.</summary>
    /// <exception cref="RadiomicsException"><c>EmptyRoi</c>: a name that no label has.</exception>
    public LabelChoice In(StoredImage mask) =>
        IsAll ? LabelChoice.All : _regions is null ? LabelChoice.Any : LabelChoice.Of([.. _regions.Select(region => (int[])[.. region.Select(label => Number(label, mask.LabelNames))])]);

    /// <summary>A number as results have it: 1 of 01.</summary>
    private static string Plain(string label) =>
        int.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : label;

    private static int Number(string label, IReadOnlyDictionary<int, string> names)
    {
        if (int.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        foreach (var (value, name) in names)
        {
            if (name.Equals(label, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw new RadiomicsException(
            "EmptyRoi",
            $"The mask has no label with the name '{label}': {(names.Count == 0 ? "it has no names, only numbers" : "its names are " + string.Join(", ", names.Values.Take(12)) + (names.Count > 12 ? "…" : ""))}.");
    }
}
