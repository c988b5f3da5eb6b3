namespace Microsoft.DurableTask.Client;

/// <summary>Which instances to list.</summary>
/// <param name="CreatedFrom">Only those created at this time or later.</param>
/// <param name="CreatedTo">Only those created at this time or earlier.</param>
/// <param name="Statuses">Only those in one of these statuses; null is any.</param>
/// <param name="TaskHubNames">Only those of these task hubs; null is this one.</param>
/// <param name="InstanceIdPrefix">Only those whose id begins so.</param>
/// <param name="PageSize">The most instances in a page.</param>
/// <param name="FetchInputsAndOutputs">Whether input, output and custom status are read too.</param>
/// <param name="ContinuationToken">Where an earlier listing stopped.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>The page size if none is given.</summary>
    public const int DefaultPageSize = 100;
}
