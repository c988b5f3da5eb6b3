namespace LocalHost.Lifetime;

/// <summary>Whether work reaches the functions: a host can answer requests while nobody looks for blobs, messages or times any more.</summary>
internal sealed class HostHealth(IReadOnlyList<BlobEventWatcher> watchers, Func<bool> areListenersDown)
{
    /// <summary>Whether the SDK's listeners have failed, and aren't started again yet.</summary>
    public bool AreListenersDown => areListenersDown();

    /// <summary>The time of the last whole look of the watcher whose look is the oldest; null where there is none.</summary>
    public DateTimeOffset? LastLook => watchers.Select(watcher => (DateTimeOffset?)watcher.LastLook).Min();

    /// <summary>What keeps work away, in a sentence; null if nothing does.</summary>
    public string? Fault => AreListenersDown ? "The listeners for queues and times have failed; they are being started again." : watchers.FirstOrDefault(watcher => watcher.IsSilent) is { } silent
        ? $"The container of the function {silent.Function} can't be looked at; what comes into it isn't noticed." : null;
}
