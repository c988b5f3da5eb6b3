using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Durable;

/// <summary>What identifies an execution and doesn't change in it.</summary>
internal sealed record OrchestrationStart
{
    public required string Name { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>Differs between executions of one instance.</summary>
    public required string ExecutionId { get; init; }

    public ParentOrchestrationInstance? Parent { get; init; }

    public static OrchestrationStart Of(InstanceState state) => new()
    {
        Name = state.Name,
        InstanceId = state.InstanceId,
        ExecutionId = state.ExecutionId,
        Parent = state.Parent is { } parent ? new(parent.Name, parent.InstanceId) : null,
    };
}
