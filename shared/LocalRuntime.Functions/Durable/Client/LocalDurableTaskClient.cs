using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>The client of a task hub in this process.</summary>
internal sealed class LocalDurableTaskClient(HubServices hub, InstanceStarter starter) : DurableTaskClient(hub.Options.HubName)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private static readonly IReadOnlyList<string> RefusedByDefault =
    [
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended),
    ];

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name);
        var refused = (options?.DedupeStatuses ?? RefusedByDefault)
            .Select(status => Enum.TryParse<OrchestrationRuntimeStatus>(status, ignoreCase: true, out var parsed)
                ? parsed
                : throw new ArgumentException($"'{status}' is no status of an orchestration."))
            .ToHashSet();
        var now = hub.Time.GetUtcNow();
        var state = new InstanceState
        {
            InstanceId = InstanceIds.Require(options?.InstanceId ?? Guid.NewGuid().ToString("N")),
            Name = orchestratorName,
            ExecutionId = Guid.NewGuid().ToString("N"),
            Status = OrchestrationRuntimeStatus.Pending,
            CreatedAt = now,
            LastUpdatedAt = now,
            StartAt = options?.StartAt,
            Input = DurableJson.Write(input, hub.Options.Serializer),
        };
        var existing = await starter.StartAsync(state, found => refused.Contains(found.Status), cancellation);
        return existing is null
            ? state.InstanceId
            : throw new OrchestrationAlreadyExistsException(state.InstanceId, existing.Status.ToString());
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, InboxKind.EventRaised, cancellation, item => item with
        {
            Name = eventName,
            Payload = DurableJson.Write(eventPayload, hub.Options.Serializer),
        });

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, InboxKind.Terminate, cancellation, item => item with
        {
            Payload = DurableJson.Write(options?.Output, hub.Options.Serializer),
            Recursive = options?.Recursive ?? false,
        });

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, InboxKind.Suspend, cancellation, item => item);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        TellAsync(instanceId, InboxKind.Resume, cancellation, item => item);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, status => status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, status => status.IsEnd(), getInputsAndOutputs, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        if (getInputsAndOutputs)
            return await hub.Instances.FindAsync(instanceId, cancellation) is { } found ? InstanceViews.Full(found.State, hub.Options.Serializer) : null;
        return await hub.Instances.FindSummaryAsync(instanceId, cancellation) is { } summary ? InstanceViews.Brief(summary) : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new InstanceQuery(hub, filter ?? new());

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new(await new InstancePurge(hub).PurgeAsync(instanceId, options?.Recursive ?? false, cancellation), true);

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var purge = new InstancePurge(hub);
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        var purged = 0;
        await foreach (var instance in GetAllInstancesAsync(query).WithCancellation(cancellation))
            purged += await purge.PurgeAsync(instance.InstanceId, options?.Recursive ?? false, cancellation);
        return new(purged, true);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task TellAsync(
        string instanceId, InboxKind kind, CancellationToken cancellation, Func<InboxItem, InboxItem> complete)
    {
        var summary = await hub.Instances.FindSummaryAsync(InstanceIds.Require(instanceId), cancellation)
            ?? throw new InstanceNotFoundException(instanceId);
        if (summary.Status.IsEnd())
            throw new InstanceEndedException(instanceId, summary.Status.ToString());
        var now = hub.Time.GetUtcNow();
        await hub.DeliverAsync(instanceId, InboxItem.NewKey(now), complete(new() { Kind = kind, Timestamp = now }), cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationRuntimeStatus, bool> isReached, bool getInputsAndOutputs, CancellationToken cancellation)
    {
        while (true)
        {
            var change = hub.Changes.NextAsync(instanceId);
            var found = await GetInstancesAsync(instanceId, false, cancellation) ?? throw new InstanceNotFoundException(instanceId);
            if (isReached(found.RuntimeStatus))
                return getInputsAndOutputs ? await GetInstancesAsync(instanceId, true, cancellation) ?? found : found;
            await Task.WhenAny(change, Task.Delay(PollInterval, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
