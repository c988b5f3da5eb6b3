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
        _csv = CsvReader.FromFile(path, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true });
        _csv.ReadHeader();
        for (var i = 0; i < _csv.Headers.Count; i++)
        {
            var heading = _csv.Headers[i].Trim();
            if (!_columns.TryAdd(heading, i) && heading.Length > 0)
            {
                throw new RadiomicsException("InvalidCases", $"The list of cases has the column '{heading}' twice.");
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
                throw new RadiomicsException("InvalidCases", $"The list of cases has no column '{column}'.");
            }
        }
    }

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Goes to the next row; false if there is none.</summary>
    public bool Read() => _csv.Read();

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

    private string Text(int index) => index < _csv.FieldCount ? _csv.GetString(index).Trim() : "";
}
