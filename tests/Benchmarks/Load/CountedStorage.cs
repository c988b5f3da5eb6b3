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

    /// <summary>What has been asked since a moment, in order, without what measures.</summary>
    /// <param name="from">Earlier ones are left out (UTC).</param>
    public async Task<IReadOnlyList<StorageRequest>> RequestsAsync(DateTime from)
    {
        using var reader = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var requests = new List<StorageRequest>();
        var text = await reader.ReadToEndAsync();

        // Behind the last end of line there may be a line that isn't whole yet.
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var request = StorageRequest.Parse(line, _services);
            if (request.At >= from && !request.Agent.StartsWith(Unseen, StringComparison.Ordinal))
            {
                requests.Add(request);
            }
        }

        return requests;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        File.Delete(_log);
    }
}
