using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Durable;

/// <summary>What can stand in a history.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HistoryKind>))]
internal enum HistoryKind
{
    /// <summary>A turn begins; its time is the orchestrator's time for the turn.</summary>
    TurnStarted,

    /// <summary>The execution begins, with its input.</summary>
    ExecutionStarted,

    /// <summary>The execution ended, with its output or failure.</summary>
    ExecutionEnded,

    TaskScheduled,
    TaskCompleted,
    TaskFailed,
    SubOrchestrationCreated,
    SubOrchestrationCompleted,
    SubOrchestrationFailed,
    TimerCreated,
    TimerFired,

    /// <summary>The orchestrator cancelled a timer: nobody has to wake for it.</summary>
    TimerCancelled,

    EventSent,
    EventRaised,
    Suspended,
    Resumed,
}

/// <summary>One entry of an instance's history. Which fields are set depends on <see cref="Kind"/>.</summary>
internal sealed record HistoryEvent
{
    public required HistoryKind Kind { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The position of the call among all calls of the execution: the same for a call and its result.</summary>
    public int? TaskId { get; init; }

    /// <summary>The activity, orchestrator or event.</summary>
    public string? Name { get; init; }

    /// <summary>The sub-orchestration, or the instance that an event is sent to.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Input, result or event payload: JSON, or null for none.</summary>
    public string? Payload { get; init; }

    /// <summary>When a timer is due.</summary>
    public DateTimeOffset? FireAt { get; init; }

    /// <summary>Why a task or the execution failed.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Set where another attempt can't help, e.g. there is no such activity.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether this is something the orchestrator did, under a <see cref="TaskId"/> of its own.</summary>
    [JsonIgnore]
    public bool IsAction => Kind
        is HistoryKind.TaskScheduled or HistoryKind.SubOrchestrationCreated or HistoryKind.TimerCreated or HistoryKind.EventSent;

    /// <summary>The action in words, for messages.</summary>
    public string Describe() => Kind switch
    {
        HistoryKind.TaskScheduled => $"activity '{Name}' (#{TaskId})",
        HistoryKind.SubOrchestrationCreated => $"sub-orchestration '{Name}' (#{TaskId})",
        HistoryKind.TimerCreated => $"a timer (#{TaskId})",
        HistoryKind.EventSent => $"sending event '{Name}' (#{TaskId})",
        _ => $"{Kind} (#{TaskId})",
    };
}
