using System.Globalization;
using System.Text;
using CsvHelper;

namespace Radiomics.Cli.Extract;

/// <summary>One case as CSV: a row for each feature, <c>case,sequence,feature,value</c>; empty where undefined.</summary>
public static class ExtractionCsv
{
    /// <summary>The whole table in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Of(ExtractionReport report)
    {
        using var text = new StringWriter();
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord(["case", "sequence", "feature", "value"]);
            foreach (var sequence in report.Sequences)
            {
                foreach (var (feature, value) in sequence.Vector.Features)
                {
                    csv.WriteRecord([report.Case, sequence.Name, feature, value?.ToString("R", CultureInfo.InvariantCulture)]);
                }
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
