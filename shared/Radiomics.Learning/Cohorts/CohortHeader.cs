namespace Radiomics.Learning;

/// <summary>Which column holds what.</summary>
internal sealed class CohortHeader
{
    private readonly List<(int Column, CovariateDeclaration Declaration)> _covariates = [];

    private CohortHeader(int columns) => Columns = columns;

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Column of the StudyInstanceUID; -1 if missing, as for the others.</summary>
    public int Study { get; private set; } = -1;

    /// <summary>Column of the label.</summary>
    public int Label { get; private set; } = -1;

    /// <summary>Column of the split.</summary>
    public int Split { get; private set; } = -1;

    /// <summary>Column of the patient.</summary>
    public int Patient { get; private set; } = -1;

    /// <summary>Columns of the covariates.</summary>
    public IReadOnlyList<(int Column, CovariateDeclaration Declaration)> Covariates => _covariates;

    /// <summary>Reads the header. What isn't a declared column is named by its number: it may be a row of data, and that a patient's.</summary>
    public static CohortHeader Read(IReadOnlyList<string> fields, int line, CohortLimits limits, CohortFindings findings)
    {
        var header = new CohortHeader(fields.Count);
        for (var column = 0; column < fields.Count; column++)
        {
            header.ReadColumn(fields[column].Trim(), column, line, findings);
        }

        if (header.Study < 0 || header.Label < 0)
        {
            findings.Error(line, "ColumnMissing", "The first line must name the columns: studyUid and label, then split and patient if there are any, then covariates.");
        }

        if (header._covariates.Count > limits.MaxCovariates)
        {
            findings.Error(line, "CohortTooLarge", $"There are more than {limits.MaxCovariates} covariates. Leave out those that aren't needed.");
        }

        return header;
    }

    private void ReadColumn(string field, int column, int line, CohortFindings findings)
    {
        switch (field.ToLowerInvariant())
        {
            case "studyuid" when Study < 0:
                Study = column;
                return;
            case "label" when Label < 0:
                Label = column;
                return;
            case "split" when Split < 0:
                Split = column;
                return;
            case "patient" when Patient < 0:
                Patient = column;
                return;
            case "studyuid" or "label" or "split" or "patient":
                findings.Error(line, "ColumnTwice", $"Column {column + 1} has the name of an earlier one.");
                return;
        }

        var parts = field.Split(':');
        if (IdentityColumns.Holds(parts[0]))
        {
            findings.Error(line, "IdentityColumn", $"Column {column + 1} is called like a person's identity. Take it out: a cohort holds nothing that names a patient, except the column 'patient', which is mapped.");
        }
        else if (Declaration(parts) is not { } declaration)
        {
            findings.Error(
                line,
                "ColumnUndeclared",
                $"Column {column + 1} is neither studyUid, label, split nor patient, nor declared as a covariate: name:number, name:number:unit or name:category (a name begins with a letter and has up to 64 letters, digits, spaces, '_', '-', '.').");
        }
        else if (_covariates.Any(covariate => string.Equals(covariate.Declaration.Name, declaration.Name, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Error(line, "ColumnTwice", $"Column {column + 1} has the name of an earlier one.");
        }
        else
        {
            _covariates.Add((column, declaration));
        }
    }

    private static CovariateDeclaration? Declaration(string[] parts)
    {
        var name = parts[0].Trim();
        var type = parts.Length > 1 ? parts[1].Trim().ToLowerInvariant() : "";
        var unit = parts.Length > 2 ? string.Join(':', parts[2..]).Trim() : "";
        if (!IsName(name) || unit.Length > 32 || unit.Any(char.IsControl))
        {
            return null;
        }

        return type switch
        {
            "number" => new CovariateDeclaration(name, CovariateType.Number, unit.Length > 0 ? unit : null),
            "category" when unit.Length == 0 => new CovariateDeclaration(name, CovariateType.Category, null),
            _ => null,
        };
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '.');
}
