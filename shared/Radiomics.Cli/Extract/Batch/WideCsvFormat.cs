using System.Globalization;
using CsvHelper;
using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>A row for each region of a case, a column for each feature; the columns before them say what the row was made of, or why there is none, and come along from the list.</summary>
internal sealed class WideCsvFormat(ExtractionSettings settings, IReadOnlyList<string> others) : IBatchFormat
{
    /// <summary>Columns that are the format's own.</summary>
    public static readonly string[] FirstColumns =
    [
        "case", "image", "mask", "label", "settings", "settings_hash", "engine_version", "tool_version", "image_sha256", "mask_sha256", "reference_mask_sha256",
        "error_code", "error_detail", "warnings", "reading",
    ];

    private readonly string[] _columns = [.. FirstColumns, .. others];
    private readonly string _settingsHash = settings.ComputeHash();
    private readonly List<BatchRow> _waiting = [];
    private string[]? _features;
    private string[]? _oldHeader;

    public ReadOnlySpan<byte> Signature => "case,image,mask,label,settings,settings_hash,"u8;

    public Dictionary<string, OldRow> OldRows(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var rows = new Dictionary<string, OldRow>(StringComparer.Ordinal);
        if (lines.Count == 0 || Fields(lines[0]) is not { } header || !header.AsSpan().StartsWith(_columns))
        {
            return rows;
        }

        for (var i = 1; i < lines.Count; i++)
        {
            var f = Fields(lines[i]);
            if (f.Length == header.Length && f[5] == _settingsHash && f[6] == FeatureExtractor.EngineVersion && f[11].Length == 0)
            {
                rows[IBatchFormat.Key(f[0], f[1], f[2], f[3], f[14], f[FirstColumns.Length.._columns.Length])] = new(lines[i], f[8], f[9], f[10].Length == 0 ? null : f[10]);
            }
        }

        // The same settings and engine have the same features.
        _oldHeader = rows.Count > 0 ? header[_columns.Length..] : null;
        return rows;
    }

    public IEnumerable<ReadOnlyMemory<byte>> Lines(BatchRow row)
    {
        _waiting.Add(row);
        if (_features is null)
        {
            // The columns are known with the first case that has features.
            _features = row.Old is not null ? _oldHeader : row.Extracted is { } extracted ? [.. extracted.Vector.Features.Keys] : null;
            if (_features is null)
            {
                yield break;
            }

            yield return Line([.. _columns, .. _features]);
        }

        foreach (var waiting in _waiting)
        {
            yield return waiting.Old?.Line ?? Line(Row(waiting));
        }

        _waiting.Clear();
    }

    public IEnumerable<ReadOnlyMemory<byte>> LastLines()
    {
        if (_features is null)
        {
            _features = [];
            yield return Line(_columns);
        }

        foreach (var waiting in _waiting)
        {
            yield return Line(Row(waiting));
        }
    }

    private string?[] Row(BatchRow row) =>
    [
        row.Case.Name,
        row.Case.ImageText,
        row.Case.MaskText,
        row.Label,
        settings.Name,
        _settingsHash,
        FeatureExtractor.EngineVersion,
        RadiomicsTool.Version,
        row.Extracted?.ImageSha256,
        row.Extracted?.MaskSha256,
        row.Extracted?.ReferenceMaskSha256,
        row.Error?.Code,
        row.Error?.Detail,
        row.Extracted is { } extracted ? string.Join(' ', extracted.Vector.Warnings) : null,
        row.Case.Files.Reading,
        .. row.Case.Others.Select(other => other.Text),
        .. _features!.Select(tag => row.Extracted?.Vector.Features.GetValueOrDefault(tag)?.ToString("R", CultureInfo.InvariantCulture)),
    ];

    private static ReadOnlyMemory<byte> Line(string?[] fields) => CsvText.Of(csv => csv.WriteRecord(fields));

    private static string[] Fields(ReadOnlyMemory<byte> line)
    {
        using var csv = CsvReader.Create(line, new CsvReaderOptions { HasHeader = false, Separator = ',' });
        return csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)] : [];
    }
}
