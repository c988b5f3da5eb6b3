using System.Diagnostics;
using Radiomics.DicomWeb;

namespace Benchmarks.DicomWeb;

/// <summary>
/// A study of 1.5 GB through the DICOMweb client and a loopback connection, each way in a process of its own, so that the peak is the client's alone. A run
/// takes seconds, which is why it is measured once and not by BenchmarkDotNet.
/// </summary>
internal static class DicomWebBenchmarks
{
    private const string Study = "1.2.826.0.1.3680043.10.999.1";

    /// <summary><c>dicomweb</c>: the table; <c>dicomweb serve</c> and <c>dicomweb WAY URL</c>: what it starts.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["serve"]:
                await StudyServer.RunAsync();
                return 0;
            case [var way, var url]:
                await RowAsync(way, new Uri(url));
                return 0;
            default:
                return await TableAsync();
        }
    }

    private static async Task<int> TableAsync()
    {
        using var server = Process.Start(Self("serve", input: true))!;
        var url = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server didn't start.");
        Console.WriteLine("| way | wall | rate | CPU | allocated | peak |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var way in (string[])["idle", "bytes", "wado", "stow"])
        {
            using var process = Process.Start(Self($"{way} {url}", input: false))!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                return process.ExitCode;
        }

        server.StandardInput.Close();
        await server.WaitForExitAsync();
        return 0;
    }

    private static async Task RowAsync(string way, Uri url)
    {
        var options = DicomServiceClientOptions.ForThisMachine();
        var client = new DicomServiceClient(url, options);
        await foreach (var _ in client.SearchStudiesAsync())
        {
        }

        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var bytes = way switch
        {
            "bytes" => await BytesAsync(url),
            "wado" => await RetrieveAsync(client),
            "stow" => await StoreAsync(client),
            _ => 0,
        };
        var seconds = watch.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant(
            $"| {way} | {seconds:F2} s | {bytes / 1e6 / seconds:F0} MB/s | {process.TotalProcessorTime.TotalSeconds:F1} s | {allocated / 1e6:F1} MB | {process.PeakWorkingSet64 / 1e6:F0} MB |"));
    }

    /// <summary>What the connection can do, without anybody looking at what comes.</summary>
    private static async Task<long> BytesAsync(Uri url)
    {
        using var http = new HttpClient();
        await using var body = await http.GetStreamAsync(new Uri(url, $"/studies/{Study}"));
        return await DrainAsync(body, new byte[128 << 10]);
    }

    private static async Task<long> RetrieveAsync(DicomServiceClient client)
    {
        var buffer = new byte[128 << 10];
        var bytes = 0L;
        await foreach (var part in client.RetrieveStudyAsync(Study))
            bytes += await DrainAsync(part.Content, buffer);
        return bytes == StudyServer.StudyBytes ? bytes : throw new InvalidDataException($"{bytes} bytes came.");
    }

    private static async Task<long> StoreAsync(DicomServiceClient client)
    {
        var content = StudyServer.Object();
        await client.StoreAsync(Enumerable.Range(0, StudyServer.Objects).Select(_ => new StoreItem(_ => new(new MemoryStream(content)), content.Length)));
        return StudyServer.StudyBytes;
    }

    private static async Task<long> DrainAsync(Stream stream, byte[] buffer)
    {
        var bytes = 0L;
        while (await stream.ReadAsync(buffer) is > 0 and var read)
            bytes += read;
        return bytes;
    }

    private static ProcessStartInfo Self(string arguments, bool input) => new("dotnet", $"{typeof(DicomWebBenchmarks).Assembly.Location} dicomweb {arguments}")
    {
        RedirectStandardInput = input,
        RedirectStandardOutput = input,
    };
}
