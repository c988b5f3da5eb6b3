using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Radiomics;
using Radiomics.Cli.Local;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Faults;

/// <summary>A storage account that stops, pauses, loses requests and runs out of disk: Azurite on a small disk and under a clock of its own, behind a <see cref="StorageProxy"/>.</summary>
internal sealed class FaultyAccount : IAsyncDisposable
{
    private const string Name = "radiomics";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly string[] s_services = ["Blob", "Queue", "Table"];

    private readonly string _script;
    private readonly string _folder;
    private readonly Clock _clock;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly int[] _inner = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
    private readonly int[] _outer = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
    private readonly SemaphoreSlim _turn = new(1);
    private TaskCompletionSource _closed = new();
    private ChildProcess? _process;

    private FaultyAccount(string script, string folder, Clock clock)
    {
        _script = script;
        _folder = folder;
        _clock = clock;
        Proxy = new StorageProxy(_outer.Zip(_inner).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    public StorageProxy Proxy { get; }

    /// <summary>The account as the service and its users see it.</summary>
    public string ConnectionString => Connection(_outer);

    /// <summary>The account as it is, for whoever looks into it.</summary>
    public BlobServiceClient Blobs => StorageClients.Create(Connection(_inner));

    /// <summary>The same, for whoever makes clients of his own.</summary>
    public string DirectConnectionString => Connection(_inner);

    public static async Task<FaultyAccount> StartAsync(string folder, Clock clock)
    {
        var script = await AzuriteInstallation.EnsureAsync(RepositoryFolders.Tools, _ => { }, default);
        var account = new FaultyAccount(script, Directory.CreateDirectory(folder).FullName, clock);
        try
        {
            await account.RunAsync();
            await account.Proxy.StartAsync();
            return account;
        }
        catch
        {
            await account.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Breaks every connection at once, whatever is under way, and ends. Azurite writes what it knows of blobs to the disk every five seconds and when it is asked to end: it is asked,
    /// since storage in Azure forgets nothing that it has confirmed.
    /// </summary>
    public async Task StopAsync()
    {
        await _turn.WaitAsync();
        try
        {
            Proxy.Close();
            Signals.Terminate(_process!.Id);
            await Task.WhenAny(_closed.Task, _process.WaitAsync(default)).WaitAsync(s_patience);
            await _process.DisposeAsync();
            _process = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Starts again on what is on the disk.</summary>
    public async Task StartAgainAsync()
    {
        await RunAsync();
        Proxy.Open();
    }

    /// <summary>Starts it again if it has ended by itself. Returns what it said then; null if it runs, or was stopped.</summary>
    public async Task<string?> ReviveAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_process is not { HasExited: true })
            {
                return null;
            }

            var last = string.Join('\n', _process.LastLines.TakeLast(5));
            await _process.DisposeAsync();
            await RunAsync();
            return last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task PauseAsync(TimeSpan time) => Signals.PauseAsync([_process!.Id], () => Task.Delay(time));

    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        await Proxy.DisposeAsync();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private string Connection(int[] ports) =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={_key};" + string.Join(';', s_services.Zip(ports).Select(s => $"{s.First}Endpoint=http://127.0.0.1:{s.Second}/{Name}"));

    private async Task RunAsync()
    {
        var (listening, closed) = (0, 0);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Node.Start(
            _script,
            ["--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", _folder, .. s_services.Zip(_inner).SelectMany(s => new[] { $"--{s.First.ToLowerInvariant()}Port", $"{s.Second}" })],
            new Dictionary<string, string>(_clock.Environment) { ["AZURITE_ACCOUNTS"] = $"{Name}:{_key}" },
            null,
            line =>
            {
                if (line.Contains("successfully listening", StringComparison.Ordinal) && Interlocked.Increment(ref listening) == s_services.Length)
                {
                    ready.TrySetResult();
                }

                if (line.Contains("successfully closed", StringComparison.Ordinal) && Interlocked.Increment(ref closed) == s_services.Length)
                {
                    end.TrySetResult();
                }
            });
        var ended = _process.WaitAsync(default);
        Assert.True(await Task.WhenAny(ready.Task, ended).WaitAsync(s_patience) == ready.Task, $"Azurite ended: {string.Join('\n', _process.LastLines)}");
    }
}
