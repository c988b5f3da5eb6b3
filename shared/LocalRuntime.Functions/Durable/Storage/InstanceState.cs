using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>The call that a sub-orchestration answers.</summary>
internal sealed record ParentLink(string Name, string InstanceId, string ExecutionId, int TaskId);

/// <summary>All that is kept of an instance; what is open follows from the history alone.</summary>
internal sealed record InstanceState
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    /// <summary>Differs between a start, a restart and each ContinueAsNew under one instance id.</summary>
    public required string ExecutionId { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<OrchestrationRuntimeStatus>))]
    public required OrchestrationRuntimeStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUpdatedAt { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public ParentLink? Parent { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? CustomStatus { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Events that the execution before has left to this one.</summary>
    public IReadOnlyList<HistoryEvent> Carried { get; init; } = [];

    public IReadOnlyList<HistoryEvent> History { get; init; } = [];

    /// <summary>What has been decided and not yet told to queue and other instances.</summary>
    public IReadOnlyList<OutboxMessage> Outbox { get; init; } = [];

    /// <summary>Inbox items that are in the history and may still be in the inbox.</summary>
    public IReadOnlyList<string> Consumed { get; init; } = [];

    /// <summary>
    /// The latest inbox items that were for whichever execution runs, oldest first: a sender that was killed may send them again after
    /// they were removed. Nothing else tells an event that is sent twice from two events.
    /// </summary>
    public IReadOnlyList<string> Received { get; init; } = [];

    /// <summary>How many received items are remembered.</summary>
    [JsonIgnore]
    public static int ReceivedLimit => 500;

    [JsonIgnore]
    public bool HasEnded => Status.IsEnd();

    /// <summary>When the instance has to be looked at even if nothing arrives; null if never.</summary>
    public DateTimeOffset? NextWake() => HasEnded ? null
        : History.Count == 0 ? StartAt ?? CreatedAt
        : OpenActions().Values.Min(action => action.FireAt);

    /// <summary>The activities, sub-orchestrations and timers that have no result, by task id.</summary>
    public Dictionary<int, HistoryEvent> OpenActions()
    {
        var open = new Dictionary<int, HistoryEvent>();
        foreach (var entry in History)
        {
            if (entry.Kind is HistoryKind.TaskScheduled or HistoryKind.SubOrchestrationCreated or HistoryKind.TimerCreated)
                open[entry.TaskId!.Value] = entry;
            else if (entry.TaskId is { } taskId)
                open.Remove(taskId);
        }

        return open;
    }
}

/// <summary>What the statuses mean.</summary>
internal static class RuntimeStatuses
{
    /// <summary>Whether nothing happens any more in this status.</summary>
    public static bool IsEnd(this OrchestrationRuntimeStatus status) => status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated or OrchestrationRuntimeStatus.Canceled;
}
