using System.Collections.Concurrent;
using Azure;

namespace LocalRuntime.Functions.Durable;

/// <summary>What became of an attempt to take a turn.</summary>
internal enum TurnOutcome
{
    /// <summary>There is nothing more to do for now.</summary>
    Idle,

    /// <summary>There is more to do at once.</summary>
    Again,

    /// <summary>Another host has the instance, or has changed it meanwhile.</summary>
    Busy,
}

/// <summary>
/// Takes the turns of instances: lease, read, calculate, commit, tell the others. Whatever the process dies between, the next turn
/// of whichever host finds the state of the last commit and everything that has arrived since.
/// </summary>
internal sealed class TurnRunner(HubServices hub, OutboxSender outbox, Action<string, DateTimeOffset?> wakeAt, CancellationToken abandoned)
{
    private readonly ConcurrentDictionary<string, StoredInstance> _known = new();

    /// <summary>The instance as this process last saw it; null if it hasn't.</summary>
    public StoredInstance? Known(string instanceId) => _known.GetValueOrDefault(instanceId);

    public async Task<TurnOutcome> RunAsync(string instanceId)
    {
        try
        {
            var lease = await hub.Instances.TryLeaseAsync(instanceId, hub.Options.LeaseDuration, abandoned);
            if (lease is null)
                return TurnOutcome.Busy;
            var note = $"lease-{lease.Id}";
            hub.Claims?.Hold(note, new() { InstanceId = instanceId, LeaseId = lease.Id });
            TurnOutcome outcome;
            await using (lease)
                outcome = await RunAsync(instanceId, lease);
            hub.Claims?.Release(note);
            return outcome;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            _known.TryRemove(instanceId, out _);
            return await DropArrivalsAsync(instanceId);
        }
        catch (RequestFailedException stale) when (stale.Status is 409 or 412)
        {
            _known.TryRemove(instanceId, out _);
            hub.Logger.StaleTurn(instanceId);
            return TurnOutcome.Busy;
        }
    }

    private async Task<TurnOutcome> RunAsync(string instanceId, InstanceLease lease)
    {
        var reading = ReadAsync(instanceId, lease);
        var arrived = await hub.Inbox.ListAsync(instanceId, abandoned);
        var current = await reading;
        if (current is null)
            return TurnOutcome.Idle;
        current = await SendOutboxAsync(current, lease);
        var leftOver = arrived.Intersect(current.State.Consumed.Concat(current.State.Received)).ToList();
        var arrivals = await ReadArrivalsAsync(instanceId, arrived.Except(leftOver));
        var turn = new Turn(hub, ReportLateViolation);
        if (await Task.Run(() => turn.Take(current.State, arrivals), abandoned) is not { } next)
        {
            await hub.Inbox.RemoveAsync(instanceId, arrived, abandoned);
            return Finish(current, TurnOutcome.Idle);
        }

        var before = current.State;
        // Older items stay noted as long as they are in the inbox.
        var received = arrivals.Where(arrival => arrival.Item.ExecutionId is null).Select(arrival => arrival.Key);
        next = next with
        {
            Consumed = [.. next.Consumed, .. leftOver],
            Received = [.. before.Received.Concat(received).TakeLast(InstanceState.ReceivedLimit)],
        };
        current = await CommitAsync(next, current.ETag, lease);
        hub.Logger.TurnTaken(instanceId, arrivals.Count);
        LogProgress(before, next);
        await Task.WhenAll(
            hub.Inbox.RemoveAsync(instanceId, next.Consumed, abandoned),
            outbox.SendAsync(next, abandoned));
        if (next.Outbox.Count > 0)
            current = await CommitAsync(next with { Outbox = [], Consumed = [] }, current.ETag, lease);
        var isNewExecution = !next.HasEnded && next.History.Count == 0;
        return Finish(current, isNewExecution ? TurnOutcome.Again : TurnOutcome.Idle);
    }

    private async Task<StoredInstance?> ReadAsync(string instanceId, InstanceLease lease)
    {
        if (_known.TryGetValue(instanceId, out var known) && known.ETag == lease.ETag)
            return known;
        return await hub.Instances.FindAsync(instanceId, abandoned);
    }

    private async Task<StoredInstance> SendOutboxAsync(StoredInstance current, InstanceLease lease)
    {
        if (current.State.Outbox.Count == 0)
            return current;
        await outbox.SendAsync(current.State, abandoned);
        return await CommitAsync(current.State with { Outbox = [] }, current.ETag, lease);
    }

    private async Task<StoredInstance> CommitAsync(InstanceState state, ETag version, InstanceLease lease)
    {
        var committed = new StoredInstance(state, await hub.Instances.CommitAsync(state, version, lease.Id, abandoned));
        _known[state.InstanceId] = committed;
        hub.Changes.Notify(state.InstanceId);
        return committed;
    }

    private async Task<IReadOnlyList<(string Key, InboxItem Item)>> ReadArrivalsAsync(string instanceId, IEnumerable<string> keys)
    {
        var items = await Task.WhenAll(keys.Select(async key => (Key: key, Item: await hub.Inbox.FindAsync(instanceId, key, abandoned))));
        return [.. items.Where(found => found.Item is not null).Select(found => (found.Key, found.Item!))];
    }

    /// <summary>Drops what has arrived at an instance that isn't there: only what was there before the instance was seen to be missing.</summary>
    private async Task<TurnOutcome> DropArrivalsAsync(string instanceId)
    {
        var arrived = await hub.Inbox.ListAsync(instanceId, abandoned);
        // It may have been started since the lease failed, and what has arrived may be meant for it.
        if (await hub.Instances.FindSummaryAsync(instanceId, abandoned) is not null)
            return TurnOutcome.Again;
        await hub.Inbox.RemoveAsync(instanceId, arrived, abandoned);
        return TurnOutcome.Idle;
    }

    private TurnOutcome Finish(StoredInstance current, TurnOutcome outcome)
    {
        if (current.State.HasEnded)
            _known.TryRemove(current.State.InstanceId, out _);
        else
            _known[current.State.InstanceId] = current;
        wakeAt(current.State.InstanceId, current.State.NextWake());
        return outcome;
    }

    private void LogProgress(InstanceState before, InstanceState after)
    {
        if (before.History.Count == 0)
            hub.Logger.OrchestrationStarted(after.InstanceId, after.Name);
        if (after.Failure is { } failure)
            hub.Logger.OrchestrationFailed(after.InstanceId, after.Name, failure.ErrorType);
        else if (after.HasEnded)
            hub.Logger.OrchestrationEnded(after.InstanceId, after.Name, after.Status.ToString());
    }

    private async void ReportLateViolation(InstanceState state)
    {
        try
        {
            await hub.DeliverAsync(state.InstanceId, $"await-{state.ExecutionId}", new()
            {
                Kind = InboxKind.NonDurableAwait,
                Timestamp = hub.Time.GetUtcNow(),
                ExecutionId = state.ExecutionId,
            }, abandoned);
        }
        catch (Exception error) when (error is RequestFailedException or OperationCanceledException)
        {
            hub.Logger.TurnFailed(error, state.InstanceId);
        }
    }
}
