using System.Globalization;
using CsvHelper;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>One row of a list of cases.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="ImageText">Path of the image as it stands in the list.</param>
/// <param name="MaskText">Path of the mask as it stands in the list.</param>
/// <param name="Files">The files, and the ROI's label.</param>
internal sealed record BatchCase(string Name, string ImageText, string MaskText, NiftiCase Files)
{
    /// <summary>
    /// Reads a list of cases: CSV with the columns <c>case</c>, <c>image</c>, <c>mask</c> and, if need be, <c>label</c> and <c>reference_mask</c>; others are ignored.
    /// Relative paths start from the list's folder.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>InvalidCases</c>, with the row.</exception>
    public static IReadOnlyList<BatchCase> ReadAll(string path, int? defaultLabel, string? defaultReferenceMask)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var cases = new List<BatchCase>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { TrimWhitespace = true, NormalizeHeaderName = name => name.Trim().ToLowerInvariant() });
        csv.ReadHeader();
        bool Has(string column) => csv.Headers.Any(h => h.Trim().Equals(column, StringComparison.OrdinalIgnoreCase));
        foreach (var column in (ReadOnlySpan<string>)["case", "image", "mask"])
        {
            Require(Has(column), $"The list of cases has no column '{column}'.");
        }

        var (hasLabel, hasReference) = (Has("label"), Has("reference_mask"));
        while (csv.Read())
        {
            var row = cases.Count + 1;
            var (name, image, mask) = (csv.GetString("case"), csv.GetString("image"), csv.GetString("mask"));
            Require(name.Length > 0 && image.Length > 0 && mask.Length > 0, $"Case {row} lacks its name, image or mask.");
            Require(!(name + image + mask).AsSpan().ContainsAny('\r', '\n'), $"Case {row} has a line break in its name or paths.");
            Require(names.Add(name), $"Case {row} has the name of a case before it: '{name}'.");
            var label = defaultLabel;
            if (hasLabel && csv.GetString("label") is { Length: > 0 } text)
            {
                Require(int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number), $"Case {row} has a label that is no whole number.");
                label = number;
            }

            var reference = hasReference && csv.GetString("reference_mask") is { Length: > 0 } own ? Path.Combine(folder, own) : defaultReferenceMask;
            cases.Add(new(name, image, mask, new(Path.Combine(folder, image), Path.Combine(folder, mask), label, reference)));
        }

        Require(cases.Count > 0, "The list of cases is empty.");
        return cases;
    }

    private static void Require(bool condition, string detail)
    {
        if (!condition)
        {
            throw new RadiomicsException("InvalidCases", detail);
        }
    }
}
