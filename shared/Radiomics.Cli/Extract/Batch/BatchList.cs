using CsvHelper;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>A list of cases, row by row: CSV with a heading, whose columns may be written in capitals or not.</summary>
internal sealed class BatchList : IDisposable
{
    /// <summary>Name of a case.</summary>
    public const string Case = "case";

    /// <summary>Name of a case as PyRadiomics' lists have it.</summary>
    public const string Id = "id";

    /// <summary>Path of the image.</summary>
    public const string Image = "image";

    /// <summary>Path of the mask.</summary>
    public const string Mask = "mask";

    /// <summary>The regions.</summary>
    public const string Label = "label";

    /// <summary>Which volume of the image.</summary>
    public const string Volume = "volume";

    /// <summary>Which volume of the mask.</summary>
    public const string MaskVolume = "mask_volume";

    /// <summary>Which volume of the mask, as PyRadiomics' lists have it.</summary>
    public const string LabelChannel = "label_channel";

    /// <summary>Path of the reference region's mask.</summary>
    public const string ReferenceMask = "reference_mask";

    private static readonly string[] s_known = [Case, Id, Image, Mask, Label, Volume, MaskVolume, LabelChannel, ReferenceMask];

    private readonly CsvReader _csv;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Column, int Index)> _others = [];

    /// <exception cref="RadiomicsException"><c>InvalidCases</c>: a column that has to be there isn't, or is twice.</exception>
    public BatchList(string path)
    {
        _csv = CsvReader.FromText(BatchText.Read(path), new CsvReaderOptions
        {
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = record => throw BatchText.Malformed(record),
        });
        _csv.ReadHeader();
        for (var i = 0; i < _csv.Headers.Count; i++)
        {
            var heading = _csv.Headers[i].Trim();
            if (!_columns.TryAdd(heading, i) && heading.Length > 0)
            {
                throw new RadiomicsException("InvalidCases", $"Line {HeadingLine}, column {i + 1}: The list of cases has the column '{heading}' twice, as column {_columns[heading] + 1}, too.");
            }

            // What an earlier output of ours has is made anew.
            if (heading.Length > 0 && !s_known.Contains(heading, StringComparer.OrdinalIgnoreCase) && !WideCsvFormat.FirstColumns.Contains(heading))
            {
                _others.Add((heading, i));
            }
        }

        foreach (var column in (ReadOnlySpan<string>)[Image, Mask])
        {
            if (!Has(column))
            {
                throw new RadiomicsException("InvalidCases", _columns.Count == 0
                    ? "There is nothing in the list of cases."
                    : $"Line {HeadingLine}: The list of cases has no column '{column}'; its columns are {string.Join(", ", _csv.Headers.Take(12).Select(heading => $"'{Shown(heading)}'"))}{(_csv.Headers.Count > 12 ? "…" : "")}.");
            }
        }
    }

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Goes to the next row; false if there is none.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidCases</c>: quotation marks stand where none can, or there are more fields than headings.</exception>
    public bool Read()
    {
        if (!_csv.Read())
        {
            return false;
        }

        for (var i = _csv.Headers.Count; i < _csv.FieldCount; i++)
        {
            if (Text(i).Length > 0)
            {
                throw new RadiomicsException(
                    "InvalidCases",
                    $"Line {_csv.LineNumber}, column {i + 1}: There are {_csv.FieldCount} fields, and {_csv.Headers.Count} headings: what has a comma in it stands in quotation marks.");
            }
        }

        return true;
    }

    /// <summary>A field of the row; empty without such a column.</summary>
    public string Text(string column) => _columns.TryGetValue(column, out var index) ? Text(index) : "";

    /// <summary>The fields of columns that only come along.</summary>
    public IReadOnlyList<(string Column, string Text)> Others() => _others.ConvertAll(other => (other.Column, Text(other.Index)));

    /// <summary>Refuses the list if <paramref name="condition"/> doesn't hold.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidCases</c>, with line and column.</exception>
    public void Require(bool condition, string column, string detail)
    {
        if (!condition)
        {
            var heading = _columns.TryGetValue(column, out var index) ? _csv.Headers[index].Trim() : column;
            throw new RadiomicsException("InvalidCases", $"Line {_csv.LineNumber}, column '{heading}': {detail}");
        }
    }

    public void Dispose() => _csv.Dispose();

    // The heading's own line is the reader's where it stands on it, and the first otherwise.
    private long HeadingLine => Math.Max(1, _csv.LineNumber);

    private static string Shown(string heading) => heading.Trim() is { Length: > 40 } longer ? longer[..40] + "…" : heading.Trim();

    private string Text(int index) => index < _csv.FieldCount ? _csv.GetString(index).Trim() : "";
}
