using System.Text.Json.Serialization;

namespace LocalRuntime.Functions.Durable;

/// <summary>What an instance has to tell others.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutboxKind>))]
internal enum OutboxKind
{
    /// <summary>Put an activity into the queue.</summary>
    RunActivity,

    /// <summary>Start a sub-orchestration.</summary>
    StartChild,

    /// <summary>Put <see cref="OutboxMessage.Item"/> into another instance's inbox.</summary>
    Deliver,
}

/// <summary>One message of an instance's outbox; it may be sent twice, and is received once.</summary>
internal sealed record OutboxMessage
{
    public required OutboxKind Kind { get; init; }

    /// <summary>The action in the history that the message carries out.</summary>
    public int? TaskId { get; init; }

    /// <summary>The orchestrator to start.</summary>
    public string? Name { get; init; }

    /// <summary>The sub-orchestration, or the receiver.</summary>
    public string? InstanceId { get; init; }

    public string? Payload { get; init; }

    /// <summary>Under which name an item goes into the receiver's inbox.</summary>
    public string? Key { get; init; }

    public InboxItem? Item { get; init; }

    /// <summary>The execution that sends it.</summary>
    public required string ExecutionId { get; init; }
}
