using Azure.Storage.Queues.Models;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>Takes activities from the queue and runs them; their results go into the inbox of the instance that called them.</summary>
internal sealed class ActivityWorker(
    HubServices hub, Func<string, StoredInstance?> known, CancellationToken stop, CancellationToken abandoned)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _slots = new(hub.Options.MaxConcurrentActivities);
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly List<Task> _running = [];

    /// <summary>Looks into the queue at once.</summary>
    public void Signal()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    /// <summary>Works until the hub stops, and then until the running activities have ended or been given back.</summary>
    public async Task RunAsync()
    {
        var pause = ShortestPoll;
        try
        {
            while (true)
            {
                await _slots.WaitAsync(stop);
                _slots.Release();
                var messages = await ReceiveAsync();
                foreach (var message in messages)
                    Start(message);
                pause = messages.Count > 0 ? ShortestPoll : Min(pause * 1.5, hub.Options.MaxPollInterval);
                if (messages.Count == 0 && await _news.WaitAsync(pause, stop))
                    pause = ShortestPoll;
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(_running);
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<IReadOnlyList<QueueMessage>> ReceiveAsync()
    {
        try
        {
            return await hub.WorkItems.ReceiveAsync(_slots.CurrentCount, hub.Options.WorkItemVisibility, stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            hub.Logger.PollFailed(error);
            return [];
        }
    }

    private void Start(QueueMessage message)
    {
        _slots.Wait(CancellationToken.None);
        _running.RemoveAll(task => task.IsCompleted);
        _running.Add(Task.Run(() => HandleAsync(message), CancellationToken.None));
    }

    private async Task HandleAsync(QueueMessage message)
    {
        try
        {
            await using var claim = new WorkItemClaim(hub, message, abandoned);
            var item = StoredJson.Read<WorkItem>(message.Body);
            var action = await FindActionAsync(item, message.DequeueCount > 1);
            if (action is null || await RunAsync(item, action))
                await claim.CompleteAsync();
            else
                await claim.GiveBackAsync();
        }
        catch (Exception error)
        {
            // The message comes back when its time is over.
            if (!abandoned.IsCancellationRequested)
                hub.Logger.WorkItemFailed(error);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>The call that a work item stands for; null if it has a result or nobody wants one any more.</summary>
    private async Task<HistoryEvent?> FindActionAsync(WorkItem item, bool isRepeated)
    {
        var state = known(item.InstanceId)?.State;
        var action = isRepeated ? null : Find(state, item);
        return action ?? Find((await hub.Instances.FindAsync(item.InstanceId, abandoned))?.State, item);
    }

    private static HistoryEvent? Find(InstanceState? state, WorkItem item) =>
        state?.ExecutionId != item.ExecutionId || state.Status == OrchestrationRuntimeStatus.Terminated
            ? null
            : state.OpenActions().GetValueOrDefault(item.TaskId);

    /// <summary>Runs an activity and reports its result; false if the hub stopped before there was one.</summary>
    private async Task<bool> RunAsync(WorkItem item, HistoryEvent action)
    {
        var name = action.Name!;
        hub.Logger.ActivityStarted(name, item.TaskId, item.InstanceId);
        var result = new InboxItem
        {
            Kind = InboxKind.TaskCompleted,
            Timestamp = default,
            ExecutionId = item.ExecutionId,
            TaskId = item.TaskId,
        };
        try
        {
            result = hub.Functions.HasActivity(name)
                ? result with { Payload = await hub.Functions.RunActivityAsync(name, item.InstanceId, action.Payload, stop) }
                : result with { Kind = InboxKind.TaskFailed, IsFinal = true, Failure = Unknown(name) };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error)
        {
            result = result with { Kind = InboxKind.TaskFailed, Failure = TaskFailureDetails.FromException(error) };
        }

        await hub.DeliverAsync(
            item.InstanceId,
            InboxItem.ResultKey(item.ExecutionId, item.TaskId),
            result with { Timestamp = hub.Time.GetUtcNow() },
            abandoned);
        if (result.Failure is { } failure)
            hub.Logger.ActivityFailed(name, item.TaskId, item.InstanceId, failure.ErrorType);
        else
            hub.Logger.ActivityCompleted(name, item.TaskId, item.InstanceId);
        return true;
    }

    private static TaskFailureDetails Unknown(string name) =>
        new("ActivityNotFound", $"There is no activity '{name}'.", null, null, null);
}
