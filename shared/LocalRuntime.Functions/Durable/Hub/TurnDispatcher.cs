using System.Collections.Concurrent;

namespace LocalRuntime.Functions.Durable;

/// <summary>Decides when instances take turns in this process: one at a time each, as many at once as the options allow.</summary>
internal sealed class TurnDispatcher(HubServices hub, Func<string, Task<TurnOutcome>> takeTurn, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Signals> _running = [];
    private readonly ConcurrentDictionary<string, ITimer> _timers = new();
    private readonly SemaphoreSlim _slots = new(hub.Options.MaxConcurrentOrchestrators);

    /// <summary>Asks for a turn; if one is running, another follows it.</summary>
    public void Signal(string instanceId)
    {
        if (stop.IsCancellationRequested)
            return;
        lock (_gate)
        {
            if (_running.TryGetValue(instanceId, out var signals))
            {
                signals.Again = true;
                return;
            }

            signals = new();
            _running[instanceId] = signals;
            signals.Loop = Task.Run(() => LoopAsync(instanceId, signals), CancellationToken.None);
        }
    }

    /// <summary>Asks for a turn at a time; null if the instance waits for no time.</summary>
    public void WakeAt(string instanceId, DateTimeOffset? when)
    {
        if (_timers.TryRemove(instanceId, out var before))
            before.Dispose();
        if (when is null || stop.IsCancellationRequested)
            return;
        var pause = when.Value - hub.Time.GetUtcNow();
        pause = pause < TimeSpan.Zero ? TimeSpan.Zero : pause > LongestTimer ? LongestTimer : pause;
        // A timer may be early by its own resolution: then the turn would find nothing due.
        pause += TimeSpan.FromMilliseconds(2);
        _timers[instanceId] = hub.Time.CreateTimer(_ => Signal(instanceId), null, pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends when no turn is running any more.</summary>
    public async Task WhenIdleAsync()
    {
        while (true)
        {
            Task[] running;
            lock (_gate)
                running = [.. _running.Values.Select(signals => signals.Loop)];
            if (running.Length == 0)
                return;
            await Task.WhenAll(running);
        }
    }

    public void Dispose()
    {
        foreach (var timer in _timers.Values)
            timer.Dispose();
        _timers.Clear();
    }

    private async Task LoopAsync(string instanceId, Signals signals)
    {
        var failures = 0;
        while (true)
        {
            var outcome = await TakeTurnAsync(instanceId);
            failures = outcome is null ? failures + 1 : 0;
            lock (_gate)
            {
                var isDone = outcome == TurnOutcome.Idle && !signals.Again;
                if (isDone || stop.IsCancellationRequested)
                {
                    _running.Remove(instanceId);
                    return;
                }

                signals.Again = false;
            }

            if (outcome is null)
                await PauseAsync(Math.Min(LongestPause.TotalMilliseconds, 250 * Math.Pow(2, failures)));
            else if (outcome == TurnOutcome.Busy)
                await PauseAsync(BusyPause.TotalMilliseconds);
        }
    }

    private async Task<TurnOutcome?> TakeTurnAsync(string instanceId)
    {
        try
        {
            await _slots.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return TurnOutcome.Idle;
        }

        try
        {
            return await takeTurn(instanceId);
        }
        catch (Exception error)
        {
            if (!stop.IsCancellationRequested)
                hub.Logger.TurnFailed(error, instanceId);
            return null;
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task PauseAsync(double milliseconds)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), hub.Time, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private sealed class Signals
    {
        public bool Again { get; set; }

        public Task Loop { get; set; } = Task.CompletedTask;
    }
}
