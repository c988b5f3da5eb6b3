using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>One turn of an instance as a calculation: state and arrivals in, next state out; nothing is stored here.</summary>
internal sealed class Turn(HubServices hub, Action<InstanceState> onLateViolation)
{
    /// <summary>The state after the turn, or null if there is nothing to do.</summary>
    public InstanceState? Take(InstanceState state, IReadOnlyList<(string Key, InboxItem Item)> arrivals)
    {
        var now = hub.Time.GetUtcNow();
        IReadOnlyList<string> consumed = [.. arrivals.Select(arrival => arrival.Key)];
        if (state.HasEnded)
            return null;
        var fits = arrivals
            .Select(arrival => arrival.Item)
            .Where(item => item.ExecutionId is null || item.ExecutionId == state.ExecutionId)
            .OrderBy(item => item.Timestamp)
            .ToList();
        if (fits.Find(item => item.Kind == InboxKind.Terminate) is { } termination)
            return Terminate(state, termination, now) with { Consumed = consumed };
        if (fits.Exists(item => item.Kind == InboxKind.NonDurableAwait))
            return Fail(state, new NonDurableAwaitException(state.Name), now) with { Consumed = consumed };
        var events = Events(state, fits, now);
        if (state.History.Count == 0 && state.StartAt > now)
            return events.Count == 0 ? null : state with { Carried = [.. state.Carried, .. events], Consumed = consumed };
        if (state.History.Count == 0)
            events = [Begin(state, now), .. state.Carried, .. events];
        return events.Count == 0 ? null : Run(state, events, now) with { Consumed = consumed };
    }

    private InstanceState Run(InstanceState state, List<HistoryEvent> events, DateTimeOffset now)
    {
        // Orchestration time never runs backwards, whatever the clocks of the hosts say.
        var latest = events.Select(entry => entry.Timestamp).Concat(state.History.Select(entry => entry.Timestamp)).Append(now).Max();
        IReadOnlyList<HistoryEvent> fresh = [new() { Kind = HistoryKind.TurnStarted, Timestamp = latest }, .. events];
        var after = state with { History = [.. state.History, .. fresh], LastUpdatedAt = now, Carried = [] };
        var staysSuspended = state.Status == OrchestrationRuntimeStatus.Suspended
            && state.History.Count > 0
            && !events.Exists(entry => entry.Kind == HistoryKind.Resumed);
        if (staysSuspended)
            return after;
        if (!hub.Functions.HasOrchestrator(state.Name))
        {
            var unknown = new TaskFailureDetails("OrchestratorNotFound", $"There is no orchestrator '{state.Name}'.", null, null, null);
            return End(after, OrchestrationRuntimeStatus.Failed, null, unknown, now);
        }

        var result = OrchestrationExecutor.Run(
            OrchestrationStart.Of(state), state.History, fresh, hub.Functions, hub.Options.Serializer, hub.Loggers, () => onLateViolation(state));
        return Apply(after, result, now);
    }

    private static InstanceState Apply(InstanceState state, TurnResult result, DateTimeOffset now)
    {
        state = state with
        {
            Status = result.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running,
            CustomStatus = result.HasCustomStatus ? result.CustomStatus : state.CustomStatus,
            History = [.. state.History, .. result.Actions],
            Outbox = [.. OutboxMessages.For(result.Actions, state)],
        };
        if (!result.HasEnded)
            return state;
        if (result.Next is not { } next)
        {
            var status = result.Failure is null ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed;
            return End(state, status, result.Output, result.Failure, now);
        }

        return state with
        {
            ExecutionId = Guid.NewGuid().ToString("N"),
            Input = next.Input,
            History = [],
            Carried = next.Carried,
        };
    }

    private static InstanceState Fail(InstanceState state, Exception error, DateTimeOffset now) =>
        End(state, OrchestrationRuntimeStatus.Failed, null, TaskFailureDetails.FromException(error), now);

    private static InstanceState Terminate(InstanceState state, InboxItem termination, DateTimeOffset now)
    {
        var ended = End(state, OrchestrationRuntimeStatus.Terminated, termination.Payload, null, now);
        return termination.Recursive
            ? ended with { Outbox = [.. ended.Outbox, .. OutboxMessages.TerminateChildren(state, termination)] }
            : ended;
    }

    private static InstanceState End(
        InstanceState state, OrchestrationRuntimeStatus status, string? output, TaskFailureDetails? failure, DateTimeOffset now)
    {
        var ended = state with
        {
            Status = status,
            // As in the real host, the text of a failure is found in the output as well.
            Output = failure is null ? output : DurableJson.Write(failure.ErrorMessage, DurableJson.WorkerDefault),
            Failure = failure,
            LastUpdatedAt = now,
            Carried = [],
            History =
            [
                .. state.History,
                new() { Kind = HistoryKind.ExecutionEnded, Timestamp = now, Name = status.ToString(), Payload = output, Failure = failure },
            ],
        };
        return state.Parent is { } parent
            ? ended with { Outbox = [.. state.Outbox, OutboxMessages.ToParent(ended, parent, now)] }
            : ended;
    }

    private static List<HistoryEvent> Events(InstanceState state, List<InboxItem> arrivals, DateTimeOffset now)
    {
        var open = state.OpenActions();
        var events = new List<HistoryEvent>();
        foreach (var item in arrivals)
        {
            if (item.TaskId is { } taskId && !open.Remove(taskId))
                continue;
            events.Add(new()
            {
                Kind = HistoryKindOf(item.Kind),
                Timestamp = item.Timestamp,
                TaskId = item.TaskId,
                Name = item.Name,
                Payload = item.Payload,
                Failure = item.Failure,
                IsFinal = item.IsFinal,
            });
        }

        events.AddRange(open.Values.Where(timer => timer.FireAt <= now).Select(timer => new HistoryEvent
        {
            Kind = HistoryKind.TimerFired,
            Timestamp = timer.FireAt!.Value,
            TaskId = timer.TaskId,
        }));
        return [.. events.OrderBy(entry => entry.Timestamp)];
    }

    private static HistoryEvent Begin(InstanceState state, DateTimeOffset now) =>
        new() { Kind = HistoryKind.ExecutionStarted, Timestamp = now, Name = state.Name, Payload = state.Input };

    private static HistoryKind HistoryKindOf(InboxKind kind) => kind switch
    {
        InboxKind.TaskCompleted => HistoryKind.TaskCompleted,
        InboxKind.TaskFailed => HistoryKind.TaskFailed,
        InboxKind.SubOrchestrationCompleted => HistoryKind.SubOrchestrationCompleted,
        InboxKind.SubOrchestrationFailed => HistoryKind.SubOrchestrationFailed,
        InboxKind.EventRaised => HistoryKind.EventRaised,
        InboxKind.Suspend => HistoryKind.Suspended,
        InboxKind.Resume => HistoryKind.Resumed,
        _ => throw new InvalidOperationException($"{kind} is no entry of a history."),
    };
}
