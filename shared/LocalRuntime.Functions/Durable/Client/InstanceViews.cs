using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>Instances as clients see them.</summary>
internal static class InstanceViews
{
    /// <summary>With input, output and custom status.</summary>
    public static OrchestrationMetadata Full(InstanceState state, JsonSerializerOptions serializer) => new(state.Name, state.InstanceId)
    {
        RuntimeStatus = state.Status,
        CreatedAt = state.CreatedAt,
        LastUpdatedAt = state.LastUpdatedAt,
        SerializedInput = state.Input,
        SerializedOutput = state.Output,
        SerializedCustomStatus = state.CustomStatus,
        FailureDetails = state.Failure,
        Serializer = serializer,
    };

    /// <summary>Without input, output and custom status.</summary>
    public static OrchestrationMetadata Brief(InstanceSummary summary) => new(summary.Name, summary.InstanceId)
    {
        RuntimeStatus = summary.Status,
        CreatedAt = summary.CreatedAt,
        LastUpdatedAt = summary.LastUpdatedAt,
    };
}
