using System.Text;
using Azure.Storage.Blobs;
using Benchmarks.Service;
using Radiomics.Cli.Local;
using Radiomics.Pipeline;

namespace Benchmarks.Load;

/// <summary>A storage emulator that notes every request that it answers, in a file beside its data.</summary>
internal sealed class CountedStorage : IAsyncDisposable
{
    private const string Variable = "RADIOMICS_REQUEST_LOG";
    private const string Unseen = "measuring";

    private readonly string _log;
    private readonly IReadOnlyDictionary<int, string> _services;
    private readonly List<StorageRequest> _requests = [];
    private long _read;

    private CountedStorage(Azurite emulator, string log)
    {
        Emulator = emulator;
        _log = log;
        Endpoints = emulator.ConnectionString.Split(';').Select(setting => setting.Split('=', 2)).Where(setting => setting[0].EndsWith("Endpoint", StringComparison.Ordinal))
            .ToDictionary(setting => setting[0].Replace("Endpoint", "", StringComparison.Ordinal).ToLowerInvariant(), setting => new Uri(setting[1]));
        _services = Endpoints.ToDictionary(endpoint => endpoint.Value.Port, endpoint => endpoint.Key);
        Seen = new(emulator.ConnectionString, new BlobClientOptions(StorageClients.Version));
        Own = new(emulator.ConnectionString, new BlobClientOptions(StorageClients.Version) { Diagnostics = { ApplicationId = Unseen } });
    }

    /// <summary>The emulator.</summary>
    public Azurite Emulator { get; }

    /// <summary>Where its services are, by <c>blob</c>, <c>queue</c>, <c>table</c>.</summary>
    public IReadOnlyDictionary<string, Uri> Endpoints { get; }

    /// <summary>A client whose requests count: they are a sender's.</summary>
    public BlobServiceClient Seen { get; }

    /// <summary>A client whose requests are left out, since they only measure.</summary>
    public BlobServiceClient Own { get; }

    /// <summary>Starts it, empty.</summary>
    public static async Task<CountedStorage> StartAsync()
    {
        var log = Path.GetTempFileName();
        Environment.SetEnvironmentVariable(Variable, log);
        Environment.SetEnvironmentVariable("NODE_OPTIONS", $"--require \"{Path.Combine(AppContext.BaseDirectory, "Load", "requests.cjs")}\"");
        try
        {
            return new CountedStorage(await RunningService.StartEmulatorAsync(), log);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
            Environment.SetEnvironmentVariable("NODE_OPTIONS", null);
        }
    }

    /// <summary>What has been asked since a moment, in order, without what measures. Reads what is new of the log, so that asking often costs little; one caller at a time.</summary>
    /// <param name="from">Earlier ones are left out (UTC).</param>
    public async Task<IReadOnlyList<StorageRequest>> RequestsAsync(DateTime from)
    {
        await using var log = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = _read;
        var bytes = new byte[log.Length - _read];
        await log.ReadExactlyAsync(bytes);

        // Behind the last end of line there may be a line that isn't whole yet.
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        _read += whole;
        _requests.AddRange(Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => StorageRequest.Parse(line, _services))
            .Where(request => !request.Agent.StartsWith(Unseen, StringComparison.Ordinal)));
        return _requests[_requests.FindIndex(request => request.At >= from) is >= 0 and var first ? first.. : ^0..];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        File.Delete(_log);
    }
}
