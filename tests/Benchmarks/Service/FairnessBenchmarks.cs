using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Service;

/// <summary>
/// Whether everybody gets on while others keep the service busy: two centers at once, the first end of many studies, a study beside a retraining, a zip beside a
/// folder of thousands of files, and questions by the hundred. Small studies (64 × 64 × 24), each of another patient.
/// </summary>
internal static class FairnessBenchmarks
{
    private const int Many = 62;
    private const int Files = 3_000;
    private const int Polls = 200;
    private const int PollRounds = 8;

    private static readonly Dictionary<string, Func<RunningService, Task<IEnumerable<(string What, string Value)>>>> s_parts = new()
    {
        ["centers"] = CentersAsync,
        ["first"] = FirstAsync,
        ["retraining"] = RetrainingAsync,
        ["folder"] = FolderAsync,
        ["polls"] = PollsAsync,
    };

    /// <summary><c>fair [centers|first|retraining|folder|polls …] [--before FOLDER]</c>: a table of what was measured, on standard output.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var before = args is [.., "--before", var folder] ? folder : null;
        string[] parts = before is null ? args : args[..^2];
        if (parts.Any(part => !s_parts.ContainsKey(part)))
        {
            await Console.Error.WriteLineAsync($"fair [{string.Join('|', s_parts.Keys)} …] [--before FOLDER]: FOLDER holds another build, the host in host/ and the app in functions/.");
            return 2;
        }

        ServiceVariant[] variants = before is null ? [ServiceVariant.Now()] : [ServiceVariant.Of("before", before), ServiceVariant.Now()];
        Console.WriteLine($"| | {string.Join(" | ", variants.Select(variant => variant.Name))} |");
        Console.WriteLine($"|---|{string.Concat(variants.Select(_ => "---|"))}");
        foreach (var part in parts is [] ? [.. s_parts.Keys] : parts)
        {
            List<List<(string What, string Value)>> columns = [];
            foreach (var variant in variants)
            {
                await using var service = await RunningService.StartAsync(variant);
                // The first two compile what the others run.
                await service.PredictAsync(await SmallStudies.ZipAsync("A", 1));
                await service.PredictAsync(await SmallStudies.ZipAsync("A", 2));
                columns.Add([.. await s_parts[part](service)]);
            }

            for (var row = 0; row < columns.Max(column => column.Count); row++)
            {
                Console.WriteLine($"| {columns[^1].Concat(columns[0]).ElementAt(row).What} | {string.Join(" | ", columns.Select(column => column.ElementAtOrDefault(row).Value))} |");
            }
        }

        return 0;
    }

    private static async Task<IEnumerable<(string, string)>> CentersAsync(RunningService service)
    {
        var (a, b) = (await SmallStudies.ZipsAsync("A", 100, 40), await SmallStudies.ZipsAsync("B", 200, 2));
        var watch = Stopwatch.StartNew();
        var ends = await EndsAsync(service, watch, [.. a.Select(zip => ("A", zip)), .. b.Select(zip => ("B", zip))]);
        TimeSpan[] ofA = [.. ends.Where(end => end.Center == "A").Select(end => end.At).Order()];
        return [("forty of A, then two of B: B's ends", string.Join(", ", ends.Where(end => end.Center == "B").Select(end => Seconds(end.At)).Order())), ("median end of A's", Seconds(ofA[ofA.Length / 2])), ("last end", Seconds(ofA[^1]))];
    }

    private static async Task<IEnumerable<(string, string)>> FirstAsync(RunningService service)
    {
        var zips = await SmallStudies.ZipsAsync("A", 300, Many);
        var watch = Stopwatch.StartNew();
        TimeSpan[] ends = [.. (await EndsAsync(service, watch, [.. zips.Select(zip => ("A", zip))])).Select(end => end.At).Order()];
        return [($"{Many} studies at once: first end", Seconds(ends[0])), ("median end", Seconds(ends[Many / 2])), ("last end", Seconds(ends[^1]))];
    }

    private static async Task<IEnumerable<(string, string)>> RetrainingAsync(RunningService service)
    {
        var zips = await SmallStudies.ZipsAsync("B", 500, 6);
        List<double> alone = [];
        foreach (var zip in zips[..3])
        {
            alone.Add((await service.PredictAsync(zip, "B")).Total.TotalSeconds);
        }

        // One for the time that it takes alone, then one on other patients with studies beside it: of the same, everything would have been extracted.
        var (first, second) = (await SmallStudies.CohortAsync(service, "A", "first", 48, firstSeed: 3000), await SmallStudies.CohortAsync(service, "A", "second", 48, firstSeed: 4000));
        var watch = Stopwatch.StartNew();
        await service.RetrainedAsync("A", await service.RetrainAsync("A", first));
        var undisturbed = watch.Elapsed;
        var other = service.RetrainedAsync("A", await service.RetrainAsync("A", second));
        List<double> beside = [];
        foreach (var zip in zips[3..])
        {
            await Task.Delay(TimeSpan.FromSeconds(3));
            beside.Add(other.IsCompleted ? double.NaN : (await service.PredictAsync(zip, "B")).Total.TotalSeconds);
        }

        await other;
        return
        [
            ("a study alone, median of three", Seconds(TimeSpan.FromSeconds(alone.Order().ElementAt(1)))),
            ("a study while another center retrains", string.Join(", ", beside.Select(time => double.IsNaN(time) ? "–" : Seconds(TimeSpan.FromSeconds(time))))),
            ("the retraining with nothing beside it", Seconds(undisturbed)),
        ];
    }

    private static async Task<IEnumerable<(string, string)>> FolderAsync(RunningService service)
    {
        var file = new BinaryData(new byte[20_000]);
        using var ending = new CancellationTokenSource();
        var sent = 0;
        var container = service.Blobs.GetBlobContainerClient("incoming");
        var upload = Parallel.ForAsync(0, Files, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, cancellation) =>
        {
            await container.GetBlobClient($"A/folder/{i:D5}.dcm").UploadAsync(file, overwrite: true, cancellation);
            Interlocked.Increment(ref sent);
        });
        List<string> noticed = [];
        var zips = await SmallStudies.ZipsAsync("B", 600, 4);
        for (var i = 0; i < zips.Length; i++)
        {
            var threshold = i < 3 ? Files * (i + 1) / 4 : Files;
            while (Volatile.Read(ref sent) < threshold)
            {
                await Task.Delay(50);
            }

            if (i == 3)
            {
                await upload;
            }

            noticed.Add(Seconds(await service.NoticedAsync("B", $"z{i}.zip", zips[i])));
        }

        await upload;
        return [($"a zip of B noticed while A sends a folder of {Files:N0} files", string.Join(", ", noticed[..^1])), ("once all of them are there", noticed[^1])];
    }

    private static async Task<IEnumerable<(string, string)>> PollsAsync(RunningService service)
    {
        var zips = await SmallStudies.ZipsAsync("A", 700, 40);
        var ids = await Task.WhenAll(zips.Select(zip => service.SendAsync("A", zip)));
        var batch = Task.WhenAll(ids.Select(id => service.SucceededAsync("A", id, TimeSpan.FromSeconds(2))));
        List<double> times = [];
        for (var round = 0; round < PollRounds && !batch.IsCompleted; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            times.AddRange(await Task.WhenAll(Enumerable.Range(0, Polls).Select(i => service.AskAsync("A", ids[i % ids.Length]))));
        }

        await batch;
        times.Sort();
        return [($"{Polls} questions at once while 40 studies are under way, p50", Milliseconds(times[times.Count / 2])), ("p95", Milliseconds(times[times.Count * 95 / 100])), ("longest", Milliseconds(times[^1]))];
    }

    private static async Task<IReadOnlyList<(string Center, TimeSpan At)>> EndsAsync(RunningService service, Stopwatch watch, IReadOnlyList<(string Center, byte[] Zip)> studies)
    {
        // One after the other, as fast as they are taken: the order is part of the question.
        List<Task<(string, TimeSpan)>> ends = [];
        foreach (var (center, zip) in studies)
        {
            ends.Add(EndAsync(center, await service.SendAsync(center, zip)));
        }

        return await Task.WhenAll(ends);

        async Task<(string, TimeSpan)> EndAsync(string center, string id)
        {
            await service.SucceededAsync(center, id, TimeSpan.FromSeconds(1));
            return (center, watch.Elapsed);
        }
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");

    private static string Milliseconds(double time) => string.Create(CultureInfo.InvariantCulture, $"{time:F0} ms");
}
