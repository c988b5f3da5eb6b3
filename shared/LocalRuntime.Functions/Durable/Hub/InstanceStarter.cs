using Azure;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>Starts instances, over older ones of the same id where that is allowed.</summary>
internal sealed class InstanceStarter(HubServices hub)
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts an instance unless <paramref name="refuse"/> says no to the one that is there.</summary>
    /// <returns>Null if it was started; else the instance that refused it.</returns>
    public async Task<InstanceState?> StartAsync(
        InstanceState state, Func<InstanceState, bool> refuse, CancellationToken cancellation)
    {
        while (!await hub.Instances.TryCreateAsync(state, cancellation))
        {
            if (await hub.Instances.FindAsync(state.InstanceId, cancellation) is not { } existing)
                continue;
            if (refuse(existing.State))
                return existing.State;
            if (await TryReplaceAsync(state, refuse, cancellation))
                break;
            await Task.Delay(BusyPause, cancellation);
        }

        hub.SignalInstance(state.InstanceId);
        return null;
    }

    private async Task<bool> TryReplaceAsync(InstanceState state, Func<InstanceState, bool> refuse, CancellationToken cancellation)
    {
        try
        {
            await using var lease = await hub.Instances.TryLeaseAsync(state.InstanceId, hub.Options.LeaseDuration, cancellation);
            if (lease is null || await hub.Instances.FindAsync(state.InstanceId, cancellation) is not { } old || refuse(old.State))
                return false;
            // What the old execution had to tell others is told by the new one.
            IReadOnlyList<OutboxMessage> outbox = [.. old.State.Outbox, .. Farewell(old.State)];
            // What was said to the old execution isn't said to the new one, whose first turn removes it.
            var dropped = await hub.Inbox.ListAsync(state.InstanceId, cancellation);
            var replacement = state with
            {
                Outbox = outbox,
                Consumed = [.. old.State.Consumed.Union(dropped)],
                Received = [.. old.State.Received.Concat(dropped).TakeLast(InstanceState.ReceivedLimit)],
            };
            await hub.Instances.CommitAsync(replacement, old.ETag, lease.Id, cancellation);
            hub.Changes.Notify(state.InstanceId);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    /// <summary>Tells the caller of a sub-orchestration that it was replaced before its end.</summary>
    private IEnumerable<OutboxMessage> Farewell(InstanceState old)
    {
        if (!old.HasEnded && old.Parent is { } parent)
            yield return OutboxMessages.ToParent(
                old with { Status = OrchestrationRuntimeStatus.Terminated }, parent, hub.Time.GetUtcNow());
    }
}
