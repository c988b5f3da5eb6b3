using System.Globalization;
using Radiomics.Cli.Output;

namespace Radiomics.Cli.Extract;

/// <summary>One case as CSV: a row for each feature, <c>case,sequence,feature,value</c>; empty where undefined.</summary>
public static class ExtractionCsv
{
    /// <summary>The whole table in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Of(ExtractionReport report) => CsvText.Of(csv =>
    {
        csv.WriteRecord(["case", "sequence", "feature", "value"]);
        foreach (var sequence in report.Sequences)
        {
            foreach (var (feature, value) in sequence.Vector.Features)
            {
                csv.WriteRecord([report.Case, sequence.Name, feature, value?.ToString("R", CultureInfo.InvariantCulture)]);
            }
        }
    });
}
