using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Durable;

/// <summary>What can arrive at an instance.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InboxKind>))]
internal enum InboxKind
{
    TaskCompleted,
    TaskFailed,
    SubOrchestrationCompleted,
    SubOrchestrationFailed,
    EventRaised,
    Suspend,
    Resume,
    Terminate,

    /// <summary>A task that isn't durable woke the orchestrator after its turn.</summary>
    NonDurableAwait,
}

/// <summary>Something that arrived at an instance and waits for its next turn; write-once.</summary>
internal sealed record InboxItem
{
    public required InboxKind Kind { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The execution that it is meant for; null for whichever runs.</summary>
    public string? ExecutionId { get; init; }

    public int? TaskId { get; init; }

    /// <summary>The event's name.</summary>
    public string? Name { get; init; }

    /// <summary>Result, event payload or the output of a terminated instance: JSON.</summary>
    public string? Payload { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    public bool IsFinal { get; init; }

    /// <summary>Whether a termination goes on to the sub-orchestrations.</summary>
    public bool Recursive { get; init; }

    /// <summary>The name of a task's result: there can be only one.</summary>
    public static string ResultKey(string executionId, int taskId) =>
        string.Create(CultureInfo.InvariantCulture, $"task-{executionId}-{taskId:D6}");

    /// <summary>A new name for something that may happen any number of times.</summary>
    public static string NewKey(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"event-{now.UtcTicks:D19}-{Guid.NewGuid():N}");
}
