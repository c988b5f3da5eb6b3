using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>One row of a list of cases.</summary>
/// <param name="Name">Its name; unique, but where one image has rows for several masks or labels under one <c>ID</c>.</param>
/// <param name="ImageText">Path of the image as it stands in the list.</param>
/// <param name="MaskText">Path of the mask as it stands in the list.</param>
/// <param name="Files">The files, and which regions of the mask are meant.</param>
internal sealed record BatchCase(string Name, string ImageText, string MaskText, NiftiCase Files)
{
    /// <summary>Columns that only come along, with their headings.</summary>
    public IReadOnlyList<(string Column, string Text)> Others { get; init; } = [];

    /// <summary>
    /// Reads a list of cases: CSV with the columns <c>case</c> (or <c>ID</c>; else cases are counted), <c>image</c>, <c>mask</c> and, if need be, <c>label</c>,
    /// <c>volume</c>, <c>mask_volume</c> (or <c>Label_channel</c>) and <c>reference_mask</c>, in capitals or not: PyRadiomics' list is one. Other columns come along.
    /// Relative paths start from the list's folder, as PyRadiomics' do.
    /// </summary>
    /// <param name="path">The list.</param>
    /// <param name="defaultLabels">Regions of a row without a label.</param>
    /// <param name="defaultReferenceMask">Reference region of a row without one.</param>
    /// <param name="complete">Adds what the command line says of all cases.</param>
    /// <exception cref="RadiomicsException"><c>InvalidCases</c>, with line and column.</exception>
    public static IReadOnlyList<BatchCase> ReadAll(string path, RoiLabels defaultLabels, string? defaultReferenceMask, Func<NiftiCase, NiftiCase> complete)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var cases = new List<BatchCase>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var list = new BatchList(path);
        while (list.Read())
        {
            var row = cases.Count + 1;
            var (image, mask) = (list.Text(BatchList.Image), list.Text(BatchList.Mask));
            list.Require(image.Length > 0, BatchList.Image, $"Case {row} lacks its image.");
            list.Require(mask.Length > 0, BatchList.Mask, $"Case {row} lacks its mask.");
            list.Require(!(image + mask).AsSpan().ContainsAny('\r', '\n'), BatchList.Image, $"Case {row} has a line break in its paths.");
            var labels = list.Text(BatchList.Label) is { Length: > 0 } text ? Labels(list, row, text) : defaultLabels;
            var name = NameOf(list, row);
            var (volume, maskVolume) = (Index(list, row, BatchList.Volume), Index(list, row, list.Has(BatchList.MaskVolume) ? BatchList.MaskVolume : BatchList.LabelChannel));
            list.Require(
                names.Add(list.Has(BatchList.Case) ? name : string.Join('\n', name, image, mask, labels.Text, volume, maskVolume)),
                list.Has(BatchList.Case) ? BatchList.Case : BatchList.Id,
                $"Case {row} has the name of a case before it: '{name}'.");
            var reference = list.Text(BatchList.ReferenceMask) is { Length: > 0 } own ? Path.Combine(folder, own) : defaultReferenceMask;
            var files = new NiftiCase(Path.Combine(folder, image), Path.Combine(folder, mask), labels, reference)
            {
                Volume = volume,
                MaskVolume = maskVolume,
            };
            cases.Add(new(name, image, mask, complete(files)) { Others = list.Others() });
        }

        return cases.Count > 0 ? cases : throw new RadiomicsException("InvalidCases", "The list of cases is empty.");
    }

    private static string NameOf(BatchList list, int row)
    {
        var column = list.Has(BatchList.Case) ? BatchList.Case : BatchList.Id;
        var name = list.Text(column);
        list.Require(name.Length > 0 || !list.Has(column), column, $"Case {row} lacks its name.");
        list.Require(!name.AsSpan().ContainsAny('\r', '\n'), column, $"Case {row} has a line break in its name.");
        return name.Length > 0 ? name : row.ToString(CultureInfo.InvariantCulture);
    }

    private static RoiLabels Labels(BatchList list, int row, string text)
    {
        var isOne = RoiLabels.TryParse(text, out var labels, out var error);
        list.Require(isOne && !labels!.HasNames, BatchList.Label, $"Case {row} has a label that can't be read: {error ?? $"'{text}' isn't a whole number."}");
        return labels!;
    }

    private static int? Index(BatchList list, int row, string column)
    {
        if (list.Text(column) is not { Length: > 0 } text)
        {
            return null;
        }

        var isOne = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        list.Require(isOne, column, $"Case {row} has '{text}' where a volume's number is expected, counted from 0.");
        return index;
    }
}
