using System.Runtime.CompilerServices;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>The instances that a query describes, page by page in the order of their ids.</summary>
internal sealed class InstanceQuery(HubServices hub, OrchestrationQuery query) : AsyncPageable<OrchestrationMetadata>
{
    public override IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = default, int? pageSizeHint = default) =>
        ReadAsync(continuationToken ?? query.ContinuationToken, pageSizeHint ?? query.PageSize);

    private async IAsyncEnumerable<Page<OrchestrationMetadata>> ReadAsync(
        string? continuation, int size, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (query.TaskHubNames is { } hubs && !hubs.Contains(hub.Options.HubName, StringComparer.OrdinalIgnoreCase))
            yield break;
        var statuses = query.Statuses?.ToHashSet();
        if (statuses is { Count: 0 })
            statuses = null;
        do
        {
            var page = await hub.Instances.ListAsync(query.InstanceIdPrefix, continuation, size, cancellation);
            continuation = string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken;
            var instances = new List<OrchestrationMetadata>();
            foreach (var summary in page.Values.Where(summary => Fits(summary, statuses)))
                instances.Add(await ViewAsync(summary, cancellation));
            yield return new(instances, continuation);
        }
        while (continuation is not null);
    }

    private bool Fits(InstanceSummary summary, HashSet<OrchestrationRuntimeStatus>? statuses) =>
        (query.CreatedFrom is not { } from || summary.CreatedAt >= from)
        && (query.CreatedTo is not { } to || summary.CreatedAt <= to)
        && statuses?.Contains(summary.Status) != false;

    private async Task<OrchestrationMetadata> ViewAsync(InstanceSummary summary, CancellationToken cancellation)
    {
        if (query.FetchInputsAndOutputs && await hub.Instances.FindAsync(summary.InstanceId, cancellation) is { } found)
            return InstanceViews.Full(found.State, hub.Options.Serializer);
        return InstanceViews.Brief(summary);
    }
}
