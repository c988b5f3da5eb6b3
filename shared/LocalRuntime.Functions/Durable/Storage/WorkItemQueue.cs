using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace LocalRuntime.Functions.Durable;

/// <summary>An activity to run; what it is and its input stand in the instance's history.</summary>
internal sealed record WorkItem(string InstanceId, string ExecutionId, int TaskId);

/// <summary>The activities that wait for a host.</summary>
internal sealed class WorkItemQueue(QueueServiceClient queues, string hub)
{
    /// <summary>The most messages that the service hands out at once.</summary>
    public const int MaxReceive = 32;

    private readonly QueueClient _queue = queues.GetQueueClient($"{hub}-workitems");

    public Task EnsureAsync(CancellationToken cancellation) => _queue.CreateIfNotExistsAsync(cancellationToken: cancellation);

    public Task SendAsync(WorkItem item, CancellationToken cancellation) =>
        _queue.SendMessageAsync(StoredJson.Write(item), timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellation);

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int count, TimeSpan visibility, CancellationToken cancellation) =>
        (await _queue.ReceiveMessagesAsync(Math.Min(count, MaxReceive), visibility, cancellation)).Value;

    /// <summary>Hides a message for longer, or shows it at once.</summary>
    /// <returns>The receipt that is valid from now on.</returns>
    public async Task<string> HideAsync(QueueMessage message, string receipt, TimeSpan visibility, CancellationToken cancellation) =>
        (await _queue.UpdateMessageAsync(message.MessageId, receipt, message.Body, visibility, cancellation)).Value.PopReceipt;

    /// <summary>Shows a message at once that a process took that is gone.</summary>
    public Task ShowAsync(string messageId, string receipt, WorkItem item, CancellationToken cancellation) =>
        _queue.UpdateMessageAsync(messageId, receipt, StoredJson.Write(item), TimeSpan.Zero, cancellation);

    public Task DeleteAsync(string messageId, string receipt, CancellationToken cancellation) =>
        _queue.DeleteMessageAsync(messageId, receipt, cancellation);

    /// <summary>Whether no activity waits or runs anywhere.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellation) =>
        (await _queue.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount == 0;
}
