namespace LocalRuntime.Functions.Durable;

/// <summary>
/// Events raised from outside, by name without regard to case: kept until somebody waits for them. Of several waiters the latest
/// gets the event, so that one left over from an abandoned WhenAny doesn't swallow it.
/// </summary>
internal sealed class ExternalEvents
{
    private readonly Dictionary<string, List<TaskCompletionSource<string?>>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent> _kept = [];

    /// <summary>How many waiters there are.</summary>
    public int WaiterCount { get; private set; }

    /// <summary>The payload of the next event of a name.</summary>
    public Task<string?> WaitAsync(string name, CancellationToken cancellation)
    {
        var early = _kept.FindIndex(kept => string.Equals(kept.Name, name, StringComparison.OrdinalIgnoreCase));
        if (early >= 0)
        {
            var payload = _kept[early].Payload;
            _kept.RemoveAt(early);
            return Task.FromResult(payload);
        }

        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<string?>(cancellation);
        var waiter = new TaskCompletionSource<string?>();
        if (!_waiters.TryGetValue(name, out var waiters))
            _waiters[name] = waiters = [];
        waiters.Add(waiter);
        WaiterCount++;
        cancellation.Register(() =>
        {
            if (!waiters.Remove(waiter))
                return;
            WaiterCount--;
            waiter.SetCanceled(cancellation);
        });
        return waiter.Task;
    }

    /// <summary>Gives an event to the latest waiter, or keeps it.</summary>
    public void Raise(HistoryEvent raised)
    {
        if (!_waiters.TryGetValue(raised.Name!, out var waiters) || waiters.Count == 0)
        {
            _kept.Add(raised);
            return;
        }

        var waiter = waiters[^1];
        waiters.RemoveAt(waiters.Count - 1);
        WaiterCount--;
        waiter.SetResult(raised.Payload);
    }

    /// <summary>Takes the events that nobody waited for.</summary>
    public IReadOnlyList<HistoryEvent> TakeKept()
    {
        HistoryEvent[] kept = [.. _kept];
        _kept.Clear();
        return kept;
    }
}
