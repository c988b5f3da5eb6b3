using System.Globalization;
using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using Benchmarks.Service;
using Radiomics.Pipeline;

namespace Benchmarks.Load;

/// <summary>
/// Hundreds of studies of two centers, each of another patient, put into storage at once as hospitals do, for one host or several on one storage account, each with its worker. What a
/// study takes is read from the log of the storage emulator, so that nothing asks the service while it works.
/// </summary>
internal sealed class LoadBenchmarks(LoadOptions options, int hosts)
{
    private const int Senders = 4;
    private const int WarmUp = 4;

    // Longer than the longest pause between two looks into a queue, so that idle is idle.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    // As the tool sends it.
    private static readonly BlobUploadOptions s_blocks = new() { TransferOptions = new() { InitialTransferSize = 4 << 20, MaximumTransferSize = 4 << 20 } };

    /// <summary><c>load …</c>: the table, on standard output.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (LoadOptions.TryParse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(LoadOptions.Usage);
            return 2;
        }

        var runs = new List<LoadRun>();
        foreach (var hosts in options.Table ? [] : options.Hosts)
        {
            runs.Add(await new LoadBenchmarks(options, hosts).MeasureAsync());
            if (options.Write)
            {
                LoadFile.Keep(runs[^1]);
            }
        }

        var table = LoadTables.Of(options.Write || options.Table ? LoadFile.Read() : runs);
        await Console.Out.WriteLineAsync(table);
        if (options.Write)
        {
            LoadFile.Show(table);
        }

        return 0;
    }

    private async Task<LoadRun> MeasureAsync()
    {
        await using var storage = await CountedStorage.StartAsync();
        if (options.Before > 0)
        {
            await using var alone = await RunningService.StartAsync(ServiceVariant.Now(), storage.Emulator);
            await SendAsync(storage, [alone], "seed", await StudiesAsync(WarmUp, 1_000_000));
            Note($"seeding {options.Before} studies' worth of blobs");
            await SeededBlobs.MakeAsync(storage, WarmUp, options.Before);
        }

        var services = new List<RunningService>();
        try
        {
            for (var i = 0; i < hosts; i++)
            {
                services.Add(await RunningService.StartAsync(ServiceVariant.Now(), storage.Emulator));
            }

            // The first ones compile what the others run, and make what is made once.
            await SendAsync(storage, services, "first", await StudiesAsync(WarmUp * hosts, 2_000_000));
            await Task.Delay(s_settling);
            return await LoadAsync(storage, services);
        }
        finally
        {
            await Task.WhenAll(services.Select(service => service.DisposeAsync().AsTask()));
        }
    }

    private async Task<LoadRun> LoadAsync(CountedStorage storage, IReadOnlyList<RunningService> services)
    {
        var idleFrom = DateTime.UtcNow;
        await Task.Delay(s_idle);
        var idle = await storage.RequestsAsync(idleFrom);
        Note($"idle: {idle.Count} requests a minute");

        var studies = await StudiesAsync(options.Studies, 3_000_000);
        var before = await StoredThings.CountAsync(storage);
        var (from, processor, emulator) = (DateTime.UtcNow, Processor(services), Emulator(storage));
        await using var memory = new MemorySampler(services.Select(service => service.Processes));
        var ends = await SendAsync(storage, services, "load", studies);

        // Histories are closed, messages taken away, and queues asked less and less.
        await Task.Delay(s_settling);
        var window = (DateTime.UtcNow - from) / s_idle;
        var (used, emulatorUsed) = (Processor(services) - processor, Emulator(storage) - emulator);
        var requests = await storage.RequestsAsync(from);
        var after = await StoredThings.CountAsync(storage);
        var (first, last) = (ends.Min(end => end.From), ends.Max(end => end.To));
        double[] took = [.. ends.Select(end => (end.To - end.From).TotalSeconds).Order()];
        var run = new LoadRun
        {
            Size = options.Full ? "full" : "small",
            Hosts = hosts,
            Before = options.Before,
            Studies = options.Studies,
            Date = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            StudiesAMinute = Rounded(options.Studies / (last - first).TotalMinutes),
            FirstEnd = Rounded((ends.Min(end => end.To) - first).TotalSeconds),
            P50 = Rounded(Quantile(took, 0.5)),
            P95 = Rounded(Quantile(took, 0.95)),
            Last = Rounded(took[^1]),
            Memory = memory.Peaks,
            Processor = Rounded(used / options.Studies),
            EmulatorProcessor = Rounded(emulatorUsed / options.Studies),
            Requests = StorageRequest.Kinds.ToDictionary(kind => kind, kind => Rounded(Math.Max(0, Of(requests, kind) - Of(idle, kind) * window) / options.Studies)),
            IdleMinute = StorageRequest.Kinds.ToDictionary(kind => kind, kind => Of(idle, kind)),
            Watcher = Rounded((requests.Count(one => one.IsOfTheWatcher) - idle.Count(one => one.IsOfTheWatcher) * window) / options.Studies),
            WatcherIdleMinute = idle.Count(one => one.IsOfTheWatcher),
            SentBytes = Rounded(requests.Where(one => one.Service == "blob" && !one.IsOfTheWatcher).Sum(one => (double)one.Sent) / options.Studies),
            ListedBytes = Rounded(requests.Where(one => one.Kind == "blob list" && !one.IsOfTheWatcher).Sum(one => (double)one.Answered) / options.Studies),
            Kept = after.Since(before, options.Studies),
        };
        if (options.Detail)
        {
            foreach (var (title, all, of) in new[] { ("of an idle minute", idle, 1), ("of a study, idle ones not taken away", requests, options.Studies) })
            {
                Note($"requests {title}");
                foreach (var shape in all.GroupBy(one => $"{one.Kind}: {one.Shape}").OrderByDescending(shape => shape.Count()).TakeWhile(shape => shape.Count() * 20 >= of))
                {
                    Note($"  {(double)shape.Count() / of,7:F2} {shape.Key}");
                }
            }
        }

        Note($"{run.StudiesAMinute:F0} studies a minute, first {run.FirstEnd:F1} s, p50 {run.P50:F1} s, p95 {run.P95:F1} s");
        return run;

        static double Of(IEnumerable<StorageRequest> all, string kind) => all.Count(one => one.Kind == kind && !one.IsOfTheWatcher);
    }

    /// <summary>Sends studies, all at once, and waits for their outcomes; each must be a prediction.</summary>
    /// <returns>When each upload began, and when its record was there.</returns>
    private static async Task<IReadOnlyList<(DateTime From, DateTime To)>> SendAsync(
        CountedStorage storage, IReadOnlyList<RunningService> services, string name, IReadOnlyList<(string Center, byte[] Zip)> studies)
    {
        var from = DateTime.UtcNow;
        var sent = new (string Center, string Id, DateTime From)[studies.Count];
        await Parallel.ForAsync(0, studies.Count, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (i, cancellation) =>
        {
            var (center, zip) = studies[i];
            var file = $"{name}-{i}.zip";
            sent[i] = (center, PredictionId.OfUpload(UploadId.OfZip(center, file, Convert.ToHexStringLower(SHA256.HashData(zip)))), DateTime.UtcNow);
            await storage.Seen.GetBlobContainerClient(Containers.Incoming).GetBlobClient($"{center}/{file}").UploadAsync(BinaryData.FromBytes(zip), s_blocks, cancellation);
        });

        var ends = new Dictionary<string, DateTime>();
        while (true)
        {
            foreach (var request in await storage.RequestsAsync(from))
            {
                if (request is { Method: "PUT", Status: 201, Query.Count: 0 } && request.Path.StartsWith($"{Containers.Predictions}/", StringComparison.Ordinal))
                {
                    ends.TryAdd(request.Path, request.At);
                }
            }

            if (Array.TrueForAll(sent, study => ends.ContainsKey(RecordOf(study))))
            {
                break;
            }

            if (DateTime.UtcNow - from > s_patience)
            {
                throw new TimeoutException($"{sent.Count(study => !ends.ContainsKey(RecordOf(study)))} of {sent.Length} studies have no outcome after {s_patience}.");
            }

            await Task.Delay(500);
        }

        foreach (var (center, id, _) in sent)
        {
            await services[0].SucceededAsync(center, id);
        }

        return [.. sent.Select(study => (study.From, ends[RecordOf(study)]))];

        static string RecordOf((string Center, string Id, DateTime) study) => $"{Containers.Predictions}/{study.Center}/by-id/{study.Id}.json";
    }

    /// <summary>Studies of both centers and both field strengths in turns, each of another patient.</summary>
    private async Task<IReadOnlyList<(string Center, byte[] Zip)>> StudiesAsync(int count, int seed)
    {
        var studies = new (string, byte[])[count];
        await Parallel.ForAsync(0, count, async (i, _) =>
        {
            var patient = Phantoms.Settings with { Center = i % 2 == 0 ? "A" : "B", FieldStrength = i / 2 % 2 == 0 ? "3.0T" : "1.5T", Seed = seed + i };
            studies[i] = (patient.Center, await Phantoms.ZipAsync(options.Full ? patient : patient.WithSize(64, 24)));
        });
        return studies;
    }

    private static double Processor(IEnumerable<RunningService> services) => services.Sum(service => ProcessFigures.CpuSeconds(service.Processes));

    private static double Emulator(CountedStorage storage) => ProcessFigures.CpuSeconds(ProcessFigures.Tree(storage.Emulator.ProcessId));

    private static double Rounded(double value) => Math.Round(value, 3);

    private static double Quantile(double[] sorted, double part) => sorted[(int)Math.Ceiling(part * sorted.Length) - 1];

    private void Note(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hosts} host(s): {what}"));
}
