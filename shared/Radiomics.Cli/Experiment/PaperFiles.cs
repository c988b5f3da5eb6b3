using System.Globalization;
using CsvHelper;
using Radiomics.Cli.Client;
using Radiomics.Learning;

namespace Radiomics.Cli.Experiment;

/// <summary>What <c>--out</c> gets: for each group the package, its card as a page, the cohort and the features of every sequence.</summary>
internal static class PaperFiles
{
    /// <summary>Writes one group into <c>{folder}/{center}-{fieldStrength}</c>.</summary>
    public static void Write(string folder, PaperGroup group, IReadOnlyList<SequenceData> sequences, ModelPackageBytes package)
    {
        var own = Path.Combine(folder, $"{group.Center}-{group.FieldStrength}");
        Directory.CreateDirectory(own);
        File.WriteAllBytes(Path.Combine(own, "model.zip"), package.Zip);
        // An experiment has a thread of its own.
        File.WriteAllBytes(Path.Combine(own, "card.html"), ToolPages.Instance.CardAsync(package.Card).GetAwaiter().GetResult());
        File.WriteAllBytes(Path.Combine(own, "cohort.csv"), CohortFile.Write(group.Cohort));
        foreach (var data in sequences)
        {
            using var csv = CsvWriter.Create(
                new StreamWriter(Path.Combine(own, $"features-{data.Sequence}.csv")), new CsvWriterOptions { NewLine = "\n" }, leaveOpen: false);
            WriteFeatures(csv, data);
        }
    }

    private static void WriteFeatures(CsvWriter csv, SequenceData data)
    {
        csv.WriteRecord(["studyUid", "label", "split", .. data.Radiomics.Names]);
        for (var row = 0; row < data.Cases.Count; row++)
        {
            var one = data.Cases[row];
            csv.WriteRecord(
            [
                one.StudyUid,
                one.Label ? "1" : "0",
                one.Split == CohortSplit.Train ? "train" : "test",
                .. data.Radiomics.Columns.Select(column => double.IsNaN(column[row]) ? null : column[row].ToString("R", CultureInfo.InvariantCulture)),
            ]);
        }
    }
}
