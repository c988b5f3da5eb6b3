using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Service;

/// <summary>
/// The service as a user has it, in processes of its own: from its start, and from sending a study to its prediction. Every study is another patient, since
/// what was extracted once is found again. Two variants take turns, and change places each time.
/// </summary>
internal sealed class ServiceBenchmarks(IReadOnlyList<ServiceVariant> variants)
{
    private const int Repetitions = 5;
    private const int AtOnce = 4;

    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, ServiceFigures> _figures = variants.ToDictionary(variant => variant.Name, _ => new ServiceFigures());

    /// <summary><c>service [--before FOLDER]</c>: the tables, on standard output.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["--before", _]))
        {
            await Console.Error.WriteLineAsync("service [--before FOLDER]: FOLDER holds the RadiomicsFunctions.dll that was its own host.");
            return 2;
        }

        var variants = args is [_, var folder] ? new[] { ServiceVariant.Before(folder), ServiceVariant.Now() } : [ServiceVariant.Now()];
        var benchmarks = new ServiceBenchmarks(variants);
        await benchmarks.MeasureAsync();
        ServiceTables.Write(Console.Out, [.. variants.Select(variant => (variant.Name, benchmarks._figures[variant.Name]))]);
        return 0;
    }

    private async Task MeasureAsync()
    {
        for (var i = 0; i < Repetitions; i++)
        {
            foreach (var variant in InTurn(i))
            {
                await using var service = await RunningService.StartAsync(variant);
                Note(variant, "cold start", service.ColdStart);
                _figures[variant.Name].ColdStarts.Add(service.ColdStart);
            }
        }

        await MeasureStudiesAsync();
        foreach (var variant in variants)
        {
            await MeasureIdleAsync(variant);
        }
    }

    private async Task MeasureStudiesAsync()
    {
        var services = new Dictionary<string, RunningService>();
        try
        {
            foreach (var variant in variants)
            {
                services[variant.Name] = await RunningService.StartAsync(variant);
            }

            // The first two compile what the others run.
            for (var i = -2; i < Repetitions; i++)
            {
                var zip = await StudyAsync(seed: 100 + i);
                foreach (var variant in InTurn(i))
                {
                    var service = services[variant.Name];
                    var run = await service.PredictAsync(zip);
                    Note(variant, i < 0 ? "warm-up" : "study", run.Total);
                    if (i >= 0)
                    {
                        _figures[variant.Name].Studies.Add((run, await service.StepsAsync(run)));
                    }
                }
            }

            foreach (var variant in variants)
            {
                _figures[variant.Name].OneAtATime = Peaks(services[variant.Name]);
            }

            var zips = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => StudyAsync(seed: 200 + i)));
            foreach (var variant in variants)
            {
                var watch = Stopwatch.StartNew();
                await Task.WhenAll(zips.Select(zip => services[variant.Name].PredictAsync(zip)));
                Note(variant, $"{AtOnce} studies at once", watch.Elapsed);
                _figures[variant.Name].FourAtOnce = watch.Elapsed;
                _figures[variant.Name].FourAtOncePeaks = Peaks(services[variant.Name]);
            }
        }
        finally
        {
            foreach (var service in services.Values)
            {
                await service.DisposeAsync();
            }
        }
    }

    private async Task MeasureIdleAsync(ServiceVariant variant)
    {
        await using var service = await RunningService.StartAsync(variant);
        await service.PredictAsync(await StudyAsync(seed: 300));

        // Its queues are asked ever less often while nothing comes.
        await Task.Delay(s_settling);
        var processes = service.ProcessesWithEmulator;
        var watch = Stopwatch.StartNew();
        var before = ProcessFigures.CpuSeconds(processes);
        await Task.Delay(s_idle);
        var share = (ProcessFigures.CpuSeconds(processes) - before) / watch.Elapsed.TotalSeconds;
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{variant.Name}: idle {share:P1} of a core"));
        _figures[variant.Name].Idle = share;
    }

    private static double[] Peaks(RunningService service) => [.. service.Processes.Select(ProcessFigures.PeakMegabytes)];

    private static Task<byte[]> StudyAsync(int seed) => Phantoms.ZipAsync(Phantoms.Settings with { Seed = seed });

    private IEnumerable<ServiceVariant> InTurn(int repetition) => int.IsEvenInteger(repetition) ? variants : variants.Reverse();

    private static void Note(ServiceVariant variant, string what, TimeSpan time) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{variant.Name}: {what} {time.TotalSeconds:F2} s"));
}
