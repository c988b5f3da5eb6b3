using System.Globalization;

namespace Benchmarks.Service;

/// <summary>The figures as Markdown, to be pasted beside these benchmarks.</summary>
internal static class ServiceTables
{
    /// <summary>Writes both tables.</summary>
    public static void Write(TextWriter output, IReadOnlyList<(string Name, ServiceFigures Figures)> variants)
    {
        output.WriteLine($"| | {string.Join(" | ", variants.Select(variant => variant.Name))} |{(variants.Count > 1 ? " ratio |" : "")}");
        output.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", variants.Count + (variants.Count > 1 ? 1 : 0)))}");
        Row("cold start, process to healthy", Seconds, figures => figures.ColdStarts.Select(time => time.TotalSeconds));
        Row("a study, sent to succeeded", Seconds, figures => figures.Studies.Select(study => study.Run.Total.TotalSeconds));
        Row("four studies at once, until the last", Seconds, figures => [figures.FourAtOnce.TotalSeconds]);
        Row("peak memory, one study at a time", Megabytes, figures => [figures.OneAtATime.Sum()]);
        Row("peak memory, four at once", Megabytes, figures => [figures.FourAtOncePeaks.Sum()]);
        Row("idle, of a core, with the emulator", share => share.ToString("P1", CultureInfo.InvariantCulture), figures => [figures.Idle]);
        output.WriteLine();

        foreach (var (name, figures) in variants.Where(variant => variant.Figures.OneAtATime.Length > 1))
        {
            output.WriteLine($"Peaks, {name}: {string.Join(" + ", figures.OneAtATime.Select(Megabytes))}; with four at once {string.Join(" + ", figures.FourAtOncePeaks.Select(Megabytes))}.");
            output.WriteLine();
        }

        output.WriteLine($"| step |{string.Concat(variants.Select(variant => $" {variant.Name} | of it running |"))}");
        output.WriteLine($"|---|{string.Concat(variants.Select(_ => "---|---|"))}");
        for (var i = 0; i < variants[0].Figures.Studies[0].Steps.Steps.Count; i++)
        {
            var step = variants[0].Figures.Studies[0].Steps.Steps[i];
            output.WriteLine($"| {step.Name} |{string.Concat(variants.Select(variant => $" {Wall(variant.Figures, i)} | {Ran(variant.Figures, i)} |"))}");
        }

        // The ratio is that of pairs, which share a minute of the machine.
        void Row(string name, Func<double, string> format, Func<ServiceFigures, IEnumerable<double>> values)
        {
            double[][] measured = [.. variants.Select(variant => values(variant.Figures).ToArray())];
            var ratio = measured is [var before, var now] ? $" {Median(before.Zip(now, (b, n) => n / b)).ToString("F2", CultureInfo.InvariantCulture)} |" : "";
            output.WriteLine($"| {name} | {string.Join(" | ", measured.Select(value => format(Median(value))))} |{ratio}");
        }
    }

    private static string Wall(ServiceFigures figures, int step) => Seconds(Median(figures.Studies.Select(study => study.Steps.Steps[step].Wall.TotalSeconds)));

    private static string Ran(ServiceFigures figures, int step) => figures.Studies[0].Steps.Steps[step].Ran is null
        ? ""
        : Seconds(Median(figures.Studies.Select(study => study.Steps.Steps[step].Ran!.Value.TotalSeconds)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Seconds(double seconds) => $"{seconds.ToString("F2", CultureInfo.InvariantCulture)} s";

    private static string Megabytes(double megabytes) => $"{megabytes.ToString("F0", CultureInfo.InvariantCulture)} MB";
}
