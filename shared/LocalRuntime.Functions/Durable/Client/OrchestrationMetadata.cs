using System.Text.Json;
using LocalRuntime.Functions.Durable;

namespace Microsoft.DurableTask.Client;

/// <summary>What a client sees of an orchestration instance.</summary>
/// <param name="name">The orchestrator's name.</param>
/// <param name="instanceId">The instance's id.</param>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    /// <summary>The orchestrator's name.</summary>
    public string Name { get; } = name;

    /// <summary>The instance's id.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>Where it stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was scheduled.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its state last changed.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>Its input as JSON, if it was asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>Its output as JSON, if it was asked for and there is one.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>Its custom status as JSON, if it was asked for and there is one.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>Why it failed, if it did and inputs and outputs were asked for; the real host may leave it out.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Whether it is running now.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it has ended, well or not.</summary>
    public bool IsCompleted => RuntimeStatus
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    internal JsonSerializerOptions? Serializer { get; init; }

    /// <summary>The input as an object.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <summary>The output as an object.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <summary>The custom status as an object.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    private T? Read<T>(string? json) => Serializer is null
        ? throw new InvalidOperationException("Inputs and outputs can only be read of an instance that was fetched with them.")
        : DurableJson.Read<T>(json, Serializer);
}
