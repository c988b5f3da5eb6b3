using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>
/// Finds what nobody in this process was told of: arrivals from other processes, and instances that a lost host left with something
/// due or undone.
/// </summary>
internal sealed class HubSweeper(HubServices hub, CancellationToken stop)
{
    private static readonly TimeSpan MarkGrace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OutboxGrace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan QueueGrace = TimeSpan.FromSeconds(10);

    private bool _queueWasEmpty;

    /// <summary>Watches inboxes and instances until the hub stops.</summary>
    public async Task RunAsync()
    {
        try
        {
            await Task.WhenAll(
                RepeatAsync(PollInboxAsync, hub.Options.MaxPollInterval),
                RepeatAsync(() => SweepAsync(all: false), hub.Options.SweepInterval));
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // However the last look ended, it was the last.
        }
    }

    /// <summary>Asks for a turn of every unfinished instance that needs one; of all of them at the start.</summary>
    public async Task SweepAsync(bool all)
    {
        await (hub.Claims?.FreeTheDeadAsync(stop) ?? Task.CompletedTask);
        var queueIsEmpty = !all && await hub.WorkItems.IsEmptyAsync(stop);
        await foreach (var mark in hub.Instances.ListMarksAsync(stop))
        {
            if (all)
                hub.SignalInstance(mark.InstanceId);
            else
                await LookAtAsync(mark, isQueueLost: queueIsEmpty && _queueWasEmpty);
        }

        _queueWasEmpty = queueIsEmpty;
    }

    private async Task PollInboxAsync()
    {
        await foreach (var instanceId in hub.Inbox.ListInstancesAsync(stop))
            hub.SignalInstance(instanceId);
    }

    private async Task LookAtAsync(ActiveMark mark, bool isQueueLost)
    {
        var now = hub.Time.GetUtcNow();
        if (await hub.Instances.FindSummaryAsync(mark.InstanceId, stop) is not { } summary)
        {
            // The mark is written before its instance.
            if (now - mark.WrittenAt > MarkGrace)
                await hub.Instances.UnmarkAsync(mark, stop);
            return;
        }

        var isLeftOver = summary.HasOutbox && now - summary.LastUpdatedAt > OutboxGrace;
        if (isLeftOver || summary.NextWake <= now)
            hub.SignalInstance(mark.InstanceId);
        else if (summary.Status.IsEnd() && !summary.HasOutbox)
            await hub.Instances.UnmarkAsync(mark, stop);
        else if (isQueueLost && !summary.Status.IsEnd() && now - summary.LastUpdatedAt > QueueGrace)
            await RequeueAsync(mark.InstanceId);
    }

    /// <summary>Queues the activities of an instance again that have no result though the queue holds none: somebody emptied it.</summary>
    private async Task RequeueAsync(string instanceId)
    {
        if (await hub.Instances.FindAsync(instanceId, stop) is not { State.Outbox.Count: 0 } found)
            return;
        var arrived = await hub.Inbox.ListAsync(instanceId, stop);
        foreach (var action in found.State.OpenActions().Values.Where(action => action.Kind == HistoryKind.TaskScheduled))
        {
            var taskId = action.TaskId!.Value;
            if (arrived.Contains(InboxItem.ResultKey(found.State.ExecutionId, taskId)))
                continue;
            hub.Logger.ActivityRequeued(taskId, instanceId);
            await hub.WorkItems.SendAsync(new(instanceId, found.State.ExecutionId, taskId), stop);
        }

        hub.SignalWork();
    }

    private async Task RepeatAsync(Func<Task> look, TimeSpan interval)
    {
        while (true)
        {
            try
            {
                await look();
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                hub.Logger.PollFailed(error);
            }

            await Task.Delay(interval, hub.Time, stop);
        }
    }
}
