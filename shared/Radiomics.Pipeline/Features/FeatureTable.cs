using System.Globalization;
using System.Text;
using CsvHelper;

namespace Radiomics.Pipeline;

/// <summary>The features of a prediction's sequences for spreadsheets.</summary>
public static class FeatureTable
{
    /// <summary>CSV in UTF-8 with a row for each sequence and feature: <c>sequence,feature,value,undefined</c>; a value that there is not is empty, and the last column says why.</summary>
    /// <param name="sequences">Features by sequence.</param>
    public static BinaryData Csv(IEnumerable<StoredFeatures> sequences)
    {
        using var text = new StringWriter();
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord(["sequence", "feature", "value", "undefined"]);
            foreach (var stored in sequences)
            {
                foreach (var (feature, value) in stored.Vector.Features)
                {
                    csv.WriteRecord([stored.Sequence, feature, value?.ToString("R", CultureInfo.InvariantCulture), value is null ? stored.Vector.Undefined.GetValueOrDefault(feature) : null]);
                }
            }
        }

        return new BinaryData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
