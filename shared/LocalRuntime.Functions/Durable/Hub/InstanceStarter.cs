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
            var replacement = state with { Outbox = old.State.Outbox };
            if (!old.State.HasEnded && old.State.Parent is { } parent)
                replacement = replacement with { Outbox = [.. replacement.Outbox, OutboxMessages.ToParent(old.State with
                {
                    Status = OrchestrationRuntimeStatus.Terminated,
                }, parent, hub.Time.GetUtcNow())] };
            await hub.Instances.CommitAsync(replacement, old.ETag, lease.Id, cancellation);
            hub.Changes.Notify(state.InstanceId);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
        {
            return false;
        }
    }
}
