using System.Globalization;
using Radiomics.Cli.Output;
using Radiomics.Dicom;
using Spectre.Console;

namespace Radiomics.Cli.Inspect;

/// <summary>An inspection for reading: series, regions, and a table for each center.</summary>
internal static class InspectionTable
{
    private const string Unknown = "–";

    public static void Write(InspectionReport report, Terminal terminal)
    {
        terminal.Show(Series(report.Series));
        terminal.Show(Regions(report.Regions));
        foreach (var center in report.Centers)
        {
            terminal.WriteLine("");
            terminal.WriteLine($"Center {center.Center}: {Sentence(center)}");
            terminal.Show(Selection(center));
            foreach (var sequence in center.Sequences)
            {
                terminal.WriteLine($"  {sequence.Name}: ROI {Quality(sequence.Roi)} from {sequence.RoiSource}{(sequence.Preview is { } picture ? $", {picture}" : "")}");
            }

            foreach (var warning in center.Warnings)
            {
                terminal.WriteLine($"  {warning}");
            }
        }
    }

    private static Table Series(IReadOnlyList<SeriesInspection> series)
    {
        var table = Create("series", "kind", "images", "image type", "scanning", "TR / TE, ms", "voxels", "spacing, mm", "thickness, gap", "plane");
        foreach (var one in series)
        {
            if (one.Volumes.Count == 0)
            {
                Row(table, Number(one.Number), one.Kind, $"{one.Files}");
            }

            foreach (var volume in one.Volumes)
            {
                var facts = volume.Acquisition;
                Row(
                    table,
                    Number(one.Number),
                    one.Kind,
                    $"{volume.Images}",
                    string.Join('\\', facts.ImageType),
                    string.Join('\\', facts.ScanningSequence),
                    $"{Number(facts.RepetitionTime)} / {Number(facts.EchoTime)}",
                    volume.Geometry is { } grid ? string.Join(" × ", grid.Size) : volume.Fault ?? Unknown,
                    volume.Geometry is { } spaced ? string.Join(" × ", spaced.Spacing.Select(value => Number(value))) : "",
                    $"{Number(facts.SliceThickness)}, {Number(volume.SliceGap)}",
                    volume.Orientation ?? "");
            }
        }

        return table;
    }

    private static Table Regions(IReadOnlyList<RegionInspection> regions)
    {
        var table = Create("region", "series", "code", "on series", "quality");
        foreach (var region in regions)
        {
            Row(
                table,
                region.Source,
                Number(region.SeriesNumber),
                string.Join(", ", region.Codes),
                Number(region.MeasuredOn),
                region.Fault ?? (region.Quality is { } quality ? Quality(quality) : "no voxel inside"));
        }

        return table;
    }

    private static Table Selection(CenterInspection center)
    {
        var table = Create("series", "images", "sequence", "rule", "outcome", "why");
        foreach (var one in center.Selection)
        {
            Row(
                table,
                one.Volume > 1 ? $"{Number(one.SeriesNumber)}, volume {one.Volume}" : Number(one.SeriesNumber),
                $"{one.Images}",
                one.Sequence ?? "",
                one.Rule is { } rule ? $"{rule.Number}: {string.Join(", ", rule.Asks)}" : "",
                $"{one.Outcome}",
                one.Detail);
        }

        return table;
    }

    private static string Quality(RoiQuality roi) => string.Create(
        CultureInfo.InvariantCulture,
        $"{roi.VolumeMl:0.#} ml in {roi.Slices} slices, {roi.Components} {(roi.Components == 1 ? "part" : "parts")}, {roi.ShareOutside:0.#%} outside");

    private static string Sentence(CenterInspection center) => center.Outcome switch
    {
        CenterOutcome.Predicted => $"would predict from {center.ModelSequence} at {center.FieldStrength}.",
        CenterOutcome.Features => "would extract features; it has no models.",
        _ => $"would refuse the study ({center.Error!.Code}). {center.Error.Detail}",
    };

    private static Table Create(params string[] columns) => new Table().Border(TableBorder.Rounded).AddColumns(columns);

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? Unknown;
}
