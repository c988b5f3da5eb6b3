using System.Globalization;
using System.Text;

namespace Benchmarks.Load;

/// <summary>The figures as Markdown, as they stand on the page.</summary>
internal static class LoadTables
{
    private const double HostMegabytes = 1200;

    /// <summary>The tables of runs: one run a column.</summary>
    public static string Of(IReadOnlyList<LoadRun> runs)
    {
        var text = new StringBuilder();
        Head("", runs, run => $"{run.Studies.ToString(CultureInfo.InvariantCulture)} {Name(run)}");
        Row("measured", run => run.Date);
        Row("studies a minute", run => Number(run.StudiesAMinute));
        Row("first outcome after", run => Seconds(run.FirstEnd));
        Row("upload to outcome: p50", run => Seconds(run.P50));
        Row("p95", run => Seconds(run.P95));
        Row("last", run => Seconds(run.Last));
        Row($"peak memory of a host with its worker (at most {HostMegabytes:F0} MB)", run => string.Join("; ", run.Memory.Select(host => $"{host.Together:F0} MB{(host.Together > HostMegabytes ? " **too much**" : "")}")));
        Row("host alone, worker alone", run => string.Join("; ", run.Memory.Select(host => $"{host.Host:F0}, {host.Worker:F0} MB")));
        Row("processor time of a study, hosts and workers", run => Seconds(run.Processor));
        Row("of the emulator, which shares the machine", run => Seconds(run.EmulatorProcessor));

        text.AppendLine();
        Head("requests to storage: of a study (of an idle minute)", runs, Name);
        foreach (var kind in StorageRequest.Kinds)
        {
            Row(kind, run => $"{Number(run.Requests[kind])} ({Number(run.IdleMinute[kind])})");
        }

        Row("**together**", run => $"**{Number(run.Requests.Values.Sum())}** ({Number(run.IdleMinute.Values.Sum())})");
        Row("what plays Event Grid here, not counted above", run => $"{Number(run.Watcher)} ({Number(run.WatcherIdleMinute)})");
        Row("bytes of answers to lists", run => $"{run.ListedBytes / 1000:F1} kB");
        Row("bytes sent to blobs", run => $"{run.SentBytes / 1000:F0} kB");

        text.AppendLine();
        Head("what a study leaves", runs, Name);
        foreach (var where in runs.SelectMany(run => run.Kept.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            Row(where, run => run.Kept.TryGetValue(where, out var kept) ? $"{Number(kept.Count)}{(kept.Bytes == 0 ? "" : $", {kept.Bytes / 1000:F1} kB")}" : "");
        }

        return text.ToString().ReplaceLineEndings("\n");

        void Head(string title, IReadOnlyList<LoadRun> of, Func<LoadRun, string> name)
        {
            Line(title, of.Select(name));
            text.AppendLine($"|---|{string.Concat(Enumerable.Repeat("---|", of.Count))}");
        }

        void Row(string title, Func<LoadRun, string> value) => Line(title, runs.Select(value));

        void Line(string title, IEnumerable<string> values) => text.AppendLine($"| {title} | {string.Join(" | ", values)} |");
    }

    private static string Name(LoadRun run) => $"{run.Size}, {run.Hosts} host{(run.Hosts > 1 ? "s" : "")}{(run.Before > 0 ? $", after {run.Before.ToString("N0", CultureInfo.InvariantCulture)}" : "")}";

    private static string Number(double value) => Math.Round(value, value is > -10 and < 10 ? 1 : 0).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");
}
