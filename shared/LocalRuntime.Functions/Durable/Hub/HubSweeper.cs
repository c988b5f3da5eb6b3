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
        await foreach (var mark in hub.Instances.ListMarksAsync(stop))
        {
            if (all)
                hub.SignalInstance(mark.InstanceId);
            else
                await LookAtAsync(mark);
        }
    }

    private async Task PollInboxAsync()
    {
        await foreach (var instanceId in hub.Inbox.ListInstancesAsync(stop))
            hub.SignalInstance(instanceId);
    }

    private async Task LookAtAsync(ActiveMark mark)
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
