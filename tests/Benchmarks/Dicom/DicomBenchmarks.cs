using System.Globalization;

namespace Benchmarks.Dicom;

/// <summary>
/// Ingest as the service does it, from a zip on disk: each measurement in a process of its own, and two builds in turns that change places each time, so that
/// both meet the same machine.
/// </summary>
internal static class DicomBenchmarks
{
    private const int Repetitions = 5;
    private const int Many = 10_000;
    private const int Matrix = 128;
    private const string Usage = "dicom [--before FOLDER]: FOLDER holds a build of these benchmarks from another state of the project.";

    /// <summary><c>dicom [--before FOLDER]</c>: the table, on standard output.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["measure", var folder, var zip, var what, .. var small])
        {
            DicomMeasurement.Run(folder, zip, what, small.FirstOrDefault());
            return 0;
        }

        if (args is not ([] or ["--before", _]))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        string[] builds = args is [_, var before] ? [Path.GetFullPath(before), AppContext.BaseDirectory] : [AppContext.BaseDirectory];
        var temporary = Directory.CreateTempSubdirectory("radiomics-dicom-");
        try
        {
            await MeasureAsync(builds, temporary.FullName);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string[] builds, string temporary)
    {
        var (liver, small, many) = (Path.Combine(temporary, "liver.zip"), Path.Combine(temporary, "small.zip"), Path.Combine(temporary, "many.zip"));
        await DicomStudies.WriteAsync(liver, Phantoms.Settings);
        await DicomStudies.WriteAsync(small, Phantoms.Settings.WithSize(32, 12));
        await DicomStudies.WriteManyAsync(many, Many, Matrix);

        Console.WriteLine(builds.Length == 2 ? "| | before | now | now / before |" : "| | now |");
        Console.WriteLine(builds.Length == 2 ? "|---|---|---|---|" : "|---|---|");
        var volumes = await InTurnsAsync(builds, liver, "volumes");
        Row("zip to volumes, 4 × 72 slices of 320 × 320, first time in a process", Seconds, volumes, figures => figures.FirstSeconds);
        Row("the same, again", Seconds, volumes, figures => figures.AgainSeconds);
        Row("peak above a process that has read nothing / bytes of the volumes, all held", Ratio, volumes, PeakToVolumes);
        Row("peak above one at rest after a small study / bytes of the volumes, all held", Ratio, await InTurnsAsync(builds, liver, "volumes", small), PeakToVolumes);
        Row("the same, each let go before the next, as the service does", Ratio, await InTurnsAsync(builds, liver, "passed-on", small), PeakToVolumes);
        var headers = await InTurnsAsync(builds, many, "headers");
        var files = string.Create(CultureInfo.InvariantCulture, $"headers of {Many:N0} files of {Matrix} × {Matrix} pixels");
        Row($"{files}, first time in a process", Seconds, headers, figures => figures.FirstSeconds);
        Row("the same, again", Seconds, headers, figures => figures.AgainSeconds);
    }

    private static double PeakToVolumes(DicomFigures figures) => (double)figures.PeakBytes / figures.VolumeBytes;

    private static async Task<List<DicomFigures>[]> InTurnsAsync(string[] builds, string zip, string what, string? small = null)
    {
        var measured = builds.Select(_ => new List<DicomFigures>()).ToArray();
        for (var i = 0; i < Repetitions; i++)
        {
            for (var j = 0; j < builds.Length; j++)
            {
                var turn = int.IsEvenInteger(i) ? j : builds.Length - 1 - j;
                measured[turn].Add(await DicomMeasurement.InOwnProcessAsync(builds[turn], zip, what, small));
            }
        }

        return measured;
    }

    /// <summary>Medians; the ratio is that of pairs, which share a minute of the machine.</summary>
    private static void Row(string name, Func<double, string> format, List<DicomFigures>[] measured, Func<DicomFigures, double> value)
    {
        var ratio = measured is [var before, var now] ? $" {Ratio(Median(before.Zip(now, (b, n) => value(n) / value(b))))} |" : "";
        Console.WriteLine($"| {name} | {string.Join(" | ", measured.Select(figures => format(Median(figures.Select(value)))))} |{ratio}");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Seconds(double seconds) => $"{seconds.ToString("F2", CultureInfo.InvariantCulture)} s";

    private static string Ratio(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);
}
