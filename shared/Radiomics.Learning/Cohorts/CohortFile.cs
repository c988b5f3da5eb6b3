using System.Text;
using CsvHelper;

namespace Radiomics.Learning;

/// <summary>
/// Cohorts as CSV (RFC 4180, UTF-8). The header is <c>studyUid,label[,split][,patient]</c> in any order and covariates that declare themselves: <c>age:number:a</c>,
/// <c>ferritin:number:ng/mL</c>, <c>sex:category</c>. Labels are 0, 1, true, false, yes, no; splits train, test. Read: also with a byte order mark, semicolons or tabs,
/// CRLF and empty lines.
/// </summary>
public static class CohortFile
{
    private static readonly string[] _missing = ["", "na", "n/a", "nan", "null"];

    /// <summary>Reads and checks a cohort; whatever is wrong with it is a finding of the report.</summary>
    public static CohortReading Read(Stream csv, CohortLimits? limits = null)
    {
        limits ??= new CohortLimits();
        var findings = new CohortFindings();
        Cohort? cohort = null;
        if (Text(csv, limits, findings) is { } text)
        {
            cohort = Rows(text, limits, findings);
        }

        cohort ??= new Cohort { Covariates = [], Rows = [] };
        return new(cohort, CohortValidation.Report(cohort, limits, findings));
    }

    /// <summary>The cohort with other identifiers.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="study">Maps a StudyInstanceUID.</param>
    /// <param name="patient">Maps a patient's id to a pseudonym.</param>
    public static Cohort Map(Cohort cohort, Func<string, string> study, Func<string, string> patient) => cohort with
    {
        Rows = [.. cohort.Rows.Select(row => row with { StudyUid = study(row.StudyUid), Patient = row.Patient is { } id ? patient(id) : null })],
    };

    /// <summary>
    /// The cohort as CSV: UTF-8 without byte order mark, commas, line feeds; the same bytes for the same cohort. Every study stays on its line, so that what is found
    /// later still names the line of the file that was sent.
    /// </summary>
    public static byte[] Write(Cohort cohort)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            var (split, patient) = (cohort.Rows.Any(row => row.Split is not null), cohort.Rows.Any(row => row.Patient is not null));
            csv.WriteRecord((string[])["studyUid", "label", .. If(split, "split"), .. If(patient, "patient"), .. cohort.Covariates.Select(Header)]);
            var line = 2;
            foreach (var row in cohort.Rows)
            {
                csv.Flush();
                for (; line < row.Line; line++)
                {
                    bytes.WriteByte((byte)'\n');
                }

                csv.WriteRecord((string[])
                [
                    row.StudyUid,
                    row.Label ? "1" : "0",
                    .. If(split, row.Split switch { CohortSplit.Train => "train", CohortSplit.Test => "test", _ => "" }),
                    .. If(patient, row.Patient ?? ""),
                    .. cohort.Covariates.Select(covariate => row.Covariates.GetValueOrDefault(covariate.Name) ?? ""),
                ]);
                line++;
            }
        }

        return bytes.ToArray();
    }

    private static string? Text(Stream csv, CohortLimits limits, CohortFindings findings)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = csv.Read(buffer)) > 0)
        {
            copy.Write(buffer.AsSpan(0, read));
            if (copy.Length > limits.MaxBytes)
            {
                findings.Error(0, "CohortTooLarge", $"The file is larger than {limits.MaxBytes} bytes. Send studies, labels and the covariates that are needed.");
                return null;
            }
        }

        copy.Position = 0;
        try
        {
            using var reader = new StreamReader(copy, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            findings.Error(0, "EncodingUnreadable", "The file isn't UTF-8. Save it as \"CSV UTF-8\".");
            return null;
        }
    }

    private static Cohort? Rows(string text, CohortLimits limits, CohortFindings findings)
    {
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = Separator(text),
            TrimWhitespace = true,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = record => findings.Error((int)record.LineNumber, "RowUnreadable", "A quotation mark stands where none can be, or one that is opened isn't closed on its line."),
        };
        using var csv = CsvReader.FromText(text, options);
        if (!csv.Read())
        {
            return null;
        }

        var header = CohortHeader.Read(Fields(csv), (int)csv.LineNumber, limits, findings);
        if (header.Study < 0 || header.Label < 0)
        {
            return null;
        }

        var rows = new CohortRows(header, limits, findings);
        while (csv.Read())
        {
            if (rows.Count >= limits.MaxRows)
            {
                findings.Error((int)csv.LineNumber, "CohortTooLarge", $"There are more than {limits.MaxRows} studies.");
                break;
            }

            rows.Add(Fields(csv), (int)csv.LineNumber);
        }

        return rows.Cohort;
    }

    private static string[] Fields(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    // The header has no quoted text in it that would hold delimiters of its own.
    private static char Separator(string text)
    {
        var header = text.AsSpan().TrimStart();
        var end = header.IndexOfAny('\r', '\n');
        header = end < 0 ? header : header[..end];
        var (commas, semicolons, tabs) = (header.Count(','), header.Count(';'), header.Count('\t'));
        return semicolons > commas && semicolons >= tabs ? ';' : tabs > commas ? '\t' : ',';
    }

    /// <summary>Whether a field stands for a missing value.</summary>
    internal static bool IsMissing(string field) => _missing.Contains(field, StringComparer.OrdinalIgnoreCase);

    private static string Header(CovariateDeclaration covariate) =>
        $"{covariate.Name}:{(covariate.Type == CovariateType.Number ? "number" : "category")}" + (covariate.Unit is { } unit ? $":{unit}" : "");

    private static IEnumerable<string> If(bool condition, string field) => condition ? [field] : [];
}
