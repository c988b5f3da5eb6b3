using System.Diagnostics;
using System.Text.Json;
using Benchmarks.Service;

namespace Benchmarks.Dicom;

/// <summary>One measurement in a process of its own, so that its peak is that of the work.</summary>
internal static class DicomMeasurement
{
    private const int Repetitions = 3;

    /// <summary>Measures in this process; writes <see cref="DicomFigures"/> as JSON.</summary>
    /// <param name="folder">The build.</param>
    /// <param name="zip">The study.</param>
    /// <param name="what"><c>volumes</c>: all held until the last is there; <c>passed-on</c>: each let go before the next; <c>headers</c>.</param>
    /// <param name="small">A small study that is read first, as a service at rest has read studies before; null for a process that has read nothing.</param>
    public static void Run(string folder, string zip, string what, string? small)
    {
        var build = new DicomBuild(folder);
        if (small is not null)
        {
            Time(build, small, what);
        }

        GC.Collect();
        var idle = Environment.WorkingSet;
        var (first, bytes) = Time(build, zip, what);
        var peak = (long)(ProcessFigures.PeakMegabytes(Environment.ProcessId) * (1 << 20)) - idle;
        double[] again = [.. Enumerable.Range(0, Repetitions).Select(_ => Time(build, zip, what).Seconds).Order()];
        Console.WriteLine(JsonSerializer.Serialize(new DicomFigures(first, again[Repetitions / 2], peak, bytes)));
    }

    /// <summary>Measures in a process of its own, whose collector is set as the worker's is.</summary>
    /// <inheritdoc cref="Run"/>
    public static async Task<DicomFigures> InOwnProcessAsync(string folder, string zip, string what, string? small)
    {
        string[] arguments = [typeof(DicomMeasurement).Assembly.Location, "dicom", "measure", folder, zip, what, .. small is null ? [] : new[] { small }];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_gcConcurrent"] = "0", ["DOTNET_GCConserveMemory"] = "5" },
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<DicomFigures>(output)!
            : throw new InvalidOperationException($"The measurement '{what}' ended with {process.ExitCode}.");
    }

    private static (double Seconds, long Bytes) Time(DicomBuild build, string zip, string what)
    {
        var watch = Stopwatch.StartNew();
        using var stream = File.OpenRead(zip);
        using var source = build.Open(stream);
        var study = build.ReadHeaders(source);
        if (what == "headers")
        {
            return (watch.Elapsed.TotalSeconds, 0);
        }

        if (what == "passed-on")
        {
            var total = DicomBuild.ReadVolumes(study).Sum(voxels => sizeof(float) * (long)voxels.Length);
            return (watch.Elapsed.TotalSeconds, total);
        }

        var volumes = DicomBuild.ReadVolumes(study).ToArray();
        var seconds = watch.Elapsed.TotalSeconds;
        return (seconds, volumes.Sum(voxels => sizeof(float) * (long)voxels.Length));
    }
}
