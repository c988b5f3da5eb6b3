namespace Microsoft.DurableTask.Client;

/// <summary>Start options in terms of <see cref="OrchestrationRuntimeStatus"/>.</summary>
public static class StartOrchestrationOptionsExtensions
{
    /// <summary>Refuses the start while an instance of the same id is in one of these statuses.</summary>
    /// <remarks>An unfinished instance whose status is not listed is terminated and replaced.</remarks>
    public static StartOrchestrationOptions WithDedupeStatuses(
        this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses) =>
        options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
}
