using Benchmarks.Service;

namespace Benchmarks.Load;

/// <summary>Looks five times a second what hosts and their workers hold.</summary>
internal sealed class MemorySampler : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<IReadOnlyList<int>> _hosts;
    private readonly double[] _together;
    private readonly Task _looking;

    /// <param name="hosts">The processes of each host, the host first.</param>
    public MemorySampler(IEnumerable<IReadOnlyList<int>> hosts)
    {
        _hosts = [.. hosts];
        _together = new double[_hosts.Count];
        _looking = LookAsync();
    }

    /// <summary>Largest sizes so far, in MB: of each host's process, of its worker, and of both at the same moment.</summary>
    public IReadOnlyList<HostMemory> Peaks =>
        [.. _hosts.Select((processes, i) => new HostMemory(Math.Round(ProcessFigures.PeakMegabytes(processes[0])), Math.Round(processes.Skip(1).Sum(ProcessFigures.PeakMegabytes)), Math.Round(_together[i])))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            for (var i = 0; i < _hosts.Count; i++)
            {
                _together[i] = Math.Max(_together[i], _hosts[i].Sum(ProcessFigures.ResidentMegabytes));
            }

            await Task.Delay(s_interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Peaks of one host, in MB of resident memory.</summary>
/// <param name="Host">The host's process.</param>
/// <param name="Worker">Its worker's.</param>
/// <param name="Together">Both at the same moment.</param>
internal sealed record HostMemory(double Host, double Worker, double Together);
