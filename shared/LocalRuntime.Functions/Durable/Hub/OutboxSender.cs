using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Durable;

/// <summary>Tells queue and other instances what an instance has decided. Sending again after a crash does no harm: who receives it knows it by its key.</summary>
internal sealed class OutboxSender(HubServices hub, InstanceStarter starter)
{
    public Task SendAsync(InstanceState sender, CancellationToken cancellation) =>
        Task.WhenAll(sender.Outbox.Select(message => SendAsync(sender, message, cancellation)));

    private async Task SendAsync(InstanceState sender, OutboxMessage message, CancellationToken cancellation)
    {
        switch (message.Kind)
        {
            case OutboxKind.RunActivity:
                await hub.WorkItems.SendAsync(new(sender.InstanceId, message.ExecutionId, message.TaskId!.Value), cancellation);
                hub.SignalWork();
                break;
            case OutboxKind.StartChild:
                await StartChildAsync(sender, message, cancellation);
                break;
            case OutboxKind.Deliver:
                await hub.DeliverAsync(message.InstanceId!, message.Key!, message.Item!, cancellation);
                break;
        }
    }

    private async Task StartChildAsync(InstanceState sender, OutboxMessage message, CancellationToken cancellation)
    {
        var link = new ParentLink(sender.Name, sender.InstanceId, message.ExecutionId, message.TaskId!.Value);
        var now = hub.Time.GetUtcNow();
        var child = new InstanceState
        {
            InstanceId = message.InstanceId!,
            Name = message.Name!,
            ExecutionId = Guid.NewGuid().ToString("N"),
            Status = OrchestrationRuntimeStatus.Pending,
            CreatedAt = now,
            LastUpdatedAt = now,
            Parent = link,
            Input = message.Payload,
        };
        var existing = await starter.StartAsync(child, found => found.Parent == link || !found.HasEnded, cancellation);
        if (existing is null || existing.Parent == link)
            return;
        var key = InboxItem.ResultKey(message.ExecutionId, link.TaskId);
        await hub.DeliverAsync(sender.InstanceId, key, new()
        {
            Kind = InboxKind.SubOrchestrationFailed,
            Timestamp = now,
            ExecutionId = message.ExecutionId,
            TaskId = link.TaskId,
            Failure = TaskFailureDetails.FromException(
                new OrchestrationAlreadyExistsException(existing.InstanceId, existing.Status.ToString())),
        }, cancellation);
    }
}
