namespace LocalRuntime.Functions.Durable;

/// <summary>Removes finished instances. Their marks are taken away by the next sweep.</summary>
internal sealed class InstancePurge(HubServices hub)
{
    private const int Attempts = 50;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Purges an instance that has ended. Right after its last turn it may still be leased or have messages to send: that is waited for.</summary>
    /// <returns>How many instances are gone: none if it is unfinished, not there, or busy all the time.</returns>
    public async Task<int> PurgeAsync(string instanceId, bool recursive, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryPurgeAsync(instanceId, recursive, cancellation) is { } purged)
                return purged;
            if (attempt == Attempts)
                return 0;
            await Task.Delay(s_pause, cancellation);
        }
    }

    private async Task<int?> TryPurgeAsync(string instanceId, bool recursive, CancellationToken cancellation)
    {
        // Listed before the instance is seen to have ended: nothing of it can be meant for one that replaces it.
        var arrived = await hub.Inbox.ListAsync(instanceId, cancellation);
        if (await hub.Instances.FindAsync(instanceId, cancellation) is not { } found)
            return 0;
        if (!found.State.HasEnded)
            return 0;
        if (found.State.Outbox.Count > 0)
            return null;
        var purged = 0;
        if (recursive)
        {
            foreach (var child in found.State.History.Where(entry => entry.Kind == HistoryKind.SubOrchestrationCreated))
                purged += await PurgeAsync(child.InstanceId!, recursive, cancellation);
        }

        // The instance goes last: a purge that is cut short leaves nothing to the next one of this id.
        await hub.Inbox.RemoveAsync(instanceId, arrived, cancellation);
        return await hub.Instances.TryDeleteAsync(instanceId, found.ETag, cancellation) ? purged + 1 : null;
    }
}
