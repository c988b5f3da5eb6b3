namespace LocalRuntime.Functions.Durable;

/// <summary>Removes finished instances. Their marks are taken away by the next sweep.</summary>
internal sealed class InstancePurge(HubServices hub)
{
    /// <summary>Purges an instance that has ended and told everything it had to tell.</summary>
    /// <returns>How many instances are gone: none if it is unfinished or not there.</returns>
    public async Task<int> PurgeAsync(string instanceId, bool recursive, CancellationToken cancellation)
    {
        // Listed before the instance is seen to have ended: nothing of it can be meant for one that replaces it.
        var arrived = await hub.Inbox.ListAsync(instanceId, cancellation);
        if (await hub.Instances.FindAsync(instanceId, cancellation) is not { } found)
            return 0;
        if (!found.State.HasEnded || found.State.Outbox.Count > 0)
            return 0;
        var purged = 0;
        if (recursive)
        {
            foreach (var child in found.State.History.Where(entry => entry.Kind == HistoryKind.SubOrchestrationCreated))
                purged += await PurgeAsync(child.InstanceId!, recursive, cancellation);
        }

        // The instance goes last: a purge that is cut short leaves nothing to the next one of this id.
        await hub.Inbox.RemoveAsync(instanceId, arrived, cancellation);
        return await hub.Instances.TryDeleteAsync(instanceId, found.ETag, cancellation) ? purged + 1 : purged;
    }
}
