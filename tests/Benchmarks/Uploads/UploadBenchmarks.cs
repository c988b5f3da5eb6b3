using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Benchmarks.Service;
using Radiomics.Dicom.Phantom;

namespace Benchmarks.Uploads;

/// <summary>
/// A study of 1.5 GB from the tool into storage and through the service, each a process of its own, beside the same study without its bulk: what grows with the size is seen in
/// the peaks. The bulk is files that ingest looks at and leaves out, stored as they are.
/// </summary>
internal static class UploadBenchmarks
{
    private const int BulkFiles = 375;
    private const int BulkFileBytes = 4_000_000;

    /// <summary><c>upload</c>: the table, on standard output.</summary>
    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("benchmark-upload-");
        try
        {
            await using var service = await RunningService.StartAsync(ServiceVariant.Now());
            Console.WriteLine("| study | sent | rate | tool's peak | sent to succeeded | host's peak | worker's peak |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            // The first compiles what the others run.
            foreach (var bulk in (int[])[0, 0, BulkFiles])
            {
                var study = new FileInfo(Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.zip"));
                await WriteAsync(study, bulk, seed: Random.Shared.Next());
                await RowAsync(service, study);
                study.Delete();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task RowAsync(RunningService service, FileInfo study)
    {
        var watch = Stopwatch.StartNew();
        var (id, peak) = await SubmitAsync(service.Url, study.FullName);
        var sent = watch.Elapsed.TotalSeconds;
        await service.SucceededAsync("A", id);
        var total = watch.Elapsed.TotalSeconds;
        var peaks = service.Processes.Select(ProcessFigures.PeakMegabytes).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {study.Length / 1e6:F0} MB | {sent:F1} s | {study.Length / 1e6 / sent:F0} MB/s | {peak:F0} MB | {total - sent:F1} s | {peaks[0]:F0} MB | {peaks[^1]:F0} MB |"));
    }

    /// <summary>The prediction's id, and the tool's peak in MB.</summary>
    private static async Task<(string Id, double PeakMegabytes)> SubmitAsync(Uri url, string study)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "radiomics.dll");
        var start = new ProcessStartInfo("dotnet", [tool, "submit", study, "--center", "A", "--url", url.AbsoluteUri, "--no-wait", "--json"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0.0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.Delay(20);
        }

        var answer = JsonDocument.Parse(await output).RootElement;
        return process.ExitCode == 0
            ? (answer.GetProperty("id").GetString()!, peak)
            : throw new InvalidOperationException($"The tool failed: {answer}");
    }

    private static double PeakOf(int process)
    {
        try
        {
            return ProcessFigures.PeakMegabytes(process);
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }

    private static async Task WriteAsync(FileInfo file, int bulk, int seed)
    {
        var patient = Phantoms.Settings with { Seed = seed };
        using var phantom = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(patient), patient, phantom);
        await using var source = new ZipArchive(phantom, ZipArchiveMode.Read);
        await using var stream = file.Create();
        await using var target = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var image in source.Entries)
        {
            await using var from = await image.OpenAsync();
            await using var to = await target.CreateEntry(image.FullName, CompressionLevel.NoCompression).OpenAsync();
            await from.CopyToAsync(to);
        }

        var content = new byte[BulkFileBytes];
        var random = new Random(seed);
        for (var i = 0; i < bulk; i++)
        {
            random.NextBytes(content);
            await using var to = await target.CreateEntry($"bulk/{i}.bin", CompressionLevel.NoCompression).OpenAsync();
            await to.WriteAsync(content);
        }
    }
}
