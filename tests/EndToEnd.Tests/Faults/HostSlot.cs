using Radiomics;

namespace EndToEnd.Tests.Faults;

/// <summary>One of the hosts of a service, which is started again whenever it ends, as a supervisor would, with a clock and a disk for temporary files of its own.</summary>
internal sealed class HostSlot : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private readonly CancellationTokenSource _end = new();
    private readonly List<HostProcess> _hosts = [];
    private readonly Lock _gate = new();
    private readonly Task _supervision;
    private TaskCompletionSource<HostProcess> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _killed;

    public HostSlot(IReadOnlyDictionary<string, string?> settings, Clock clock, SmallDisk disk)
    {
        Clock = clock;
        Disk = disk;
        _settings = new Dictionary<string, string?>(settings) { ["TMPDIR"] = disk.Folder };
        foreach (var (name, value) in clock.Environment)
        {
            _settings[name] = value;
        }

        _supervision = SuperviseAsync();
    }

    public Clock Clock { get; }

    public SmallDisk Disk { get; }

    /// <summary>How often it ended without having been killed.</summary>
    public int Ended { get; private set; }

    /// <summary>The host that runs, or the next one once it does.</summary>
    public Task<HostProcess> Current
    {
        get
        {
            lock (_gate)
            {
                return _next.Task;
            }
        }
    }

    /// <summary>All that its hosts and their workers have written to the console.</summary>
    public string Log
    {
        get
        {
            lock (_gate)
            {
                return string.Join("\n==== the next host ====\n", _hosts.Select(host => host.Log + host.Errors));
            }
        }
    }

    /// <summary>Kills the host, alone or with its worker.</summary>
    public async Task KillAsync(bool withWorker)
    {
        var host = await Current;
        _killed = true;
        await (withWorker ? host.KillAsync() : host.KillHostAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _supervision;
        _end.Dispose();
        await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
    }

    private async Task SuperviseAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var host = new HostProcess(HostProcess.BuildOf("functions"), _settings);
            lock (_gate)
            {
                _hosts.Add(host);
            }

            try
            {
                await host.ReadyAsync().WaitAsync(_end.Token);
                _next.TrySetResult(host);
                while (!host.HasExited)
                {
                    await Task.Delay(50, _end.Token);
                }
            }
            catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or TimeoutException)
            {
                // It ended before it was ready, say because storage was away; or the schedule is over.
                await host.KillAsync();
            }

            if (!_end.IsCancellationRequested)
            {
                Ended += _killed ? 0 : 1;
                _killed = false;
                lock (_gate)
                {
                    _next = _next.Task.IsCompleted ? new TaskCompletionSource<HostProcess>(TaskCreationOptions.RunContinuationsAsynchronously) : _next;
                }

                await Task.Delay(200, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
