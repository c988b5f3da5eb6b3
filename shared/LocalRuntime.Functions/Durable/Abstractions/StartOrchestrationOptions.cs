namespace Microsoft.DurableTask;

/// <summary>How a new orchestration instance is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an instance id (without one a random id is made) and the earliest time to run (without one: now).</summary>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>A copy of other options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The id of the instance; null makes one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The earliest time at which the orchestrator runs.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>The statuses in which an instance of the same id refuses the start; in any other it is replaced.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
