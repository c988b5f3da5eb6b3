using System.Diagnostics;
using System.Globalization;
using Benchmarks.Service;

namespace Benchmarks.Archives;

/// <summary>
/// What hostile archives take of the machine: of each kind one, then four at once, through the whole service. What counts is the peak of host or worker, whichever is
/// larger, what is kept half a minute later, and whether it still answers.
/// </summary>
internal static class ArchiveBenchmarks
{
    private const int AtOnce = 4;

    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(30);

    /// <summary><c>archives [NUMBER…]</c>: the table, on standard output, of these kinds or all.</summary>
    public static async Task<int> RunAsync(string[] numbers)
    {
        Console.WriteLine("| archive | sent | outcome | time | peak | half a minute later | four at once: time | peak | half a minute later |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (n, (name, write)) in HostileArchives.All.Index().Where(kind => numbers.Length == 0 || numbers.Contains($"{kind.Index}")))
        {
            await RowAsync(name, write);
        }

        return 0;
    }

    private static async Task RowAsync(string name, Func<Stream, Task> write)
    {
        var file = Path.GetTempFileName();
        try
        {
            await using (var stream = File.Create(file))
            {
                await write(stream);
            }

            await using var service = await RunningService.StartAsync(ServiceVariant.Now());
            await service.PredictAsync(await Phantoms.ZipAsync(Phantoms.Settings with { Seed = 1 }));
            var zip = await File.ReadAllBytesAsync(file);
            var one = await MeasureAsync(service, zip, 1);
            var four = await MeasureAsync(service, zip, AtOnce);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {zip.Length / 1e6:F1} MB | {one.Outcome} | {one.Time.TotalSeconds:F1} s | {one.Peak:F0} MB | {one.Rest:F0} MB | {four.Time.TotalSeconds:F1} s | {four.Peak:F0} MB | {four.Rest:F0} MB |"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<Figures> MeasureAsync(RunningService service, byte[] zip, int count)
    {
        foreach (var process in service.Processes)
        {
            ProcessFigures.ForgetPeak(process);
        }

        var watch = Stopwatch.StartNew();
        // A comment makes another upload of the same archive.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, count).Select(n => service.EndAsync(Commented(zip, $"{count}-{n}-{Guid.NewGuid():N}"))));
        var (time, peak) = (watch.Elapsed, service.Processes.Max(ProcessFigures.PeakMegabytes));
        await Task.Delay(s_rest);
        return new(string.Join(", ", outcomes.Distinct()), time, peak, service.Processes.Max(ProcessFigures.ResidentMegabytes));
    }

    private static byte[] Commented(byte[] zip, string comment)
    {
        byte[] commented = [.. zip, .. System.Text.Encoding.ASCII.GetBytes(comment)];
        BitConverter.TryWriteBytes(commented.AsSpan(zip.Length - 2), (ushort)comment.Length);
        return commented;
    }

    private sealed record Figures(string Outcome, TimeSpan Time, double Peak, double Rest);
}
