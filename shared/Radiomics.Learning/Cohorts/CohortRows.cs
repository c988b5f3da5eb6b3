using System.Globalization;

namespace Radiomics.Learning;

/// <summary>Reads the rows of a cohort file, one by one.</summary>
internal sealed class CohortRows(CohortHeader header, CohortLimits limits, CohortFindings findings)
{
    private readonly List<CohortRow> _rows = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Rows seen, read or not.</summary>
    public int Count { get; private set; }

    /// <summary>What was read.</summary>
    public Cohort Cohort => new() { Covariates = [.. header.Covariates.Select(covariate => covariate.Declaration)], Rows = _rows };

    /// <summary>Reads a row.</summary>
    public void Add(string[] fields, int line)
    {
        Count++;
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = fields[i].Trim();
        }

        if (fields.All(field => field.Length == 0))
        {
            return;
        }

        if (fields.Length != header.Columns || fields.Any(field => field.Length > limits.MaxField || field.Any(char.IsControl)))
        {
            findings.Error(
                line,
                "RowUnreadable",
                fields.Length != header.Columns
                    ? $"There are {fields.Length} fields where the header has {header.Columns}."
                    : $"A field has more than {limits.MaxField} characters, or a control character.");
            return;
        }

        var study = fields[header.Study];
        if (!IsUid(study))
        {
            findings.Error(line, "StudyUidUnreadable", "The studyUid isn't a StudyInstanceUID: up to 64 digits and points.");
            return;
        }

        if (!_lines.TryAdd(study, line))
        {
            findings.Error(line, "StudyTwice", $"The study of line {_lines[study]} is here again.");
            return;
        }

        if (Label(fields[header.Label]) is not { } label)
        {
            findings.Error(line, "LabelUnreadable", "The label isn't one of 0, 1, false, true, no, yes.");
            return;
        }

        _rows.Add(new CohortRow
        {
            Line = line,
            StudyUid = study,
            Label = label,
            Split = Split(fields, line),
            Patient = header.Patient >= 0 && !CohortFile.IsMissing(fields[header.Patient]) ? fields[header.Patient] : null,
            Covariates = Covariates(fields, line),
        });
    }

    private static bool IsUid(string uid) => uid.Length is > 0 and <= 64 && uid.All(c => char.IsAsciiDigit(c) || c == '.') && uid.Contains('.', StringComparison.Ordinal) && uid[0] != '.' && uid[^1] != '.';

    private static bool? Label(string field) => field.ToLowerInvariant() switch
    {
        "1" or "true" or "yes" => true,
        "0" or "false" or "no" => false,
        _ => null,
    };

    private CohortSplit? Split(string[] fields, int line)
    {
        if (header.Split < 0)
        {
            return null;
        }

        switch (fields[header.Split].ToLowerInvariant())
        {
            case "train":
                return CohortSplit.Train;
            case "test":
                return CohortSplit.Test;
            case "":
                return null;
            default:
                findings.Error(line, "SplitUnknown", "The split is neither train nor test.");
                return null;
        }
    }

    private SortedDictionary<string, string> Covariates(string[] fields, int line)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, declaration) in header.Covariates)
        {
            var field = fields[column];
            if (CohortFile.IsMissing(field))
            {
                continue;
            }

            if (declaration.Type == CovariateType.Number && !TryNumber(field, out _))
            {
                var hint = field.Contains(',', StringComparison.Ordinal) ? " Write a decimal point, no comma." : "";
                findings.Error(line, "CovariateNotANumber", $"The value of '{declaration.Name}' isn't a number.{hint}");
                continue;
            }

            values.Add(declaration.Name, field);
        }

        return values;
    }

    /// <summary>Reads a number with a decimal point.</summary>
    internal static bool TryNumber(string field, out double value) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
