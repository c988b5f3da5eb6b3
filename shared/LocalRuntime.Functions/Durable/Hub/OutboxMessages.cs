using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>What a turn has to tell others.</summary>
internal static class OutboxMessages
{
    /// <summary>The messages that carry out new actions.</summary>
    public static IEnumerable<OutboxMessage> For(IEnumerable<HistoryEvent> actions, InstanceState state) => actions
        .Select(action => action.Kind switch
        {
            HistoryKind.TaskScheduled => new OutboxMessage
            {
                Kind = OutboxKind.RunActivity,
                ExecutionId = state.ExecutionId,
                TaskId = action.TaskId,
            },
            HistoryKind.SubOrchestrationCreated => new OutboxMessage
            {
                Kind = OutboxKind.StartChild,
                ExecutionId = state.ExecutionId,
                TaskId = action.TaskId,
                Name = action.Name,
                InstanceId = action.InstanceId,
                Payload = action.Payload,
            },
            HistoryKind.EventSent => new OutboxMessage
            {
                Kind = OutboxKind.Deliver,
                ExecutionId = state.ExecutionId,
                InstanceId = action.InstanceId,
                Key = string.Create(CultureInfo.InvariantCulture, $"sent-{state.ExecutionId}-{action.TaskId:D6}"),
                Item = new()
                {
                    Kind = InboxKind.EventRaised,
                    Timestamp = action.Timestamp,
                    Name = action.Name,
                    Payload = action.Payload,
                },
            },
            _ => null,
        })
        .OfType<OutboxMessage>();

    /// <summary>The result of an ended sub-orchestration, for the orchestration that called it.</summary>
    public static OutboxMessage ToParent(InstanceState ended, ParentLink parent, DateTimeOffset now)
    {
        var succeeded = ended.Status == OrchestrationRuntimeStatus.Completed;
        return new()
        {
            Kind = OutboxKind.Deliver,
            ExecutionId = ended.ExecutionId,
            InstanceId = parent.InstanceId,
            Key = InboxItem.ResultKey(parent.ExecutionId, parent.TaskId),
            Item = new()
            {
                Kind = succeeded ? InboxKind.SubOrchestrationCompleted : InboxKind.SubOrchestrationFailed,
                Timestamp = now,
                ExecutionId = parent.ExecutionId,
                TaskId = parent.TaskId,
                Payload = succeeded ? ended.Output : null,
                Failure = succeeded ? null : ended.Failure ?? Ended(ended),
            },
        };
    }

    /// <summary>Terminations of all sub-orchestrations that have no result.</summary>
    public static IEnumerable<OutboxMessage> TerminateChildren(InstanceState state, InboxItem termination) => state.OpenActions().Values
        .Where(open => open.Kind == HistoryKind.SubOrchestrationCreated)
        .Select(child => new OutboxMessage
        {
            Kind = OutboxKind.Deliver,
            ExecutionId = state.ExecutionId,
            InstanceId = child.InstanceId,
            Key = string.Create(CultureInfo.InvariantCulture, $"terminate-{state.ExecutionId}-{child.TaskId:D6}"),
            Item = termination,
        });

    private static TaskFailureDetails Ended(InstanceState state) =>
        new(typeof(TaskCanceledException).FullName!, $"The sub-orchestration was {state.Status}.", null, null, null);
}
