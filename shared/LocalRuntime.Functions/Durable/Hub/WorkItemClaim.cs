using Azure;
using Azure.Storage.Queues.Models;

namespace LocalRuntime.Functions.Durable;

/// <summary>Keeps a message of the queue from other hosts while this one works on it.</summary>
internal sealed class WorkItemClaim : IAsyncDisposable
{
    private readonly HubServices _hub;
    private readonly QueueMessage _message;
    private readonly CancellationToken _abandoned;
    private readonly CancellationTokenSource _end;
    private readonly Task _renewal;
    private string _receipt;

    public WorkItemClaim(HubServices hub, QueueMessage message, CancellationToken abandoned)
    {
        (_hub, _message, _abandoned, _receipt) = (hub, message, abandoned, message.PopReceipt);
        _end = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
        Note();
        _renewal = RenewAsync(_end.Token);
    }

    private string NoteName => $"work-{_message.MessageId}";

    /// <summary>Takes the message out of the queue.</summary>
    public Task CompleteAsync() => EndAsync(() => _hub.WorkItems.DeleteAsync(_message.MessageId, _receipt, _abandoned));

    /// <summary>Lets another host have the message at once.</summary>
    public Task GiveBackAsync() => EndAsync(() => _hub.WorkItems.HideAsync(_message, _receipt, TimeSpan.Zero, _abandoned));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _renewal;
        _end.Dispose();
        _hub.Claims?.Release(NoteName);
    }

    private void Note() => _hub.Claims?.Hold(NoteName, new()
    {
        MessageId = _message.MessageId,
        Receipt = _receipt,
        Work = StoredJson.Read<WorkItem>(_message.Body),
    });

    private async Task EndAsync(Func<Task> last)
    {
        await _end.CancelAsync();
        await _renewal;
        try
        {
            await last();
        }
        catch (RequestFailedException lost) when (lost.Status is 400 or 404)
        {
            // Another host has it by now; the result is recorded once all the same.
        }
    }

    private async Task RenewAsync(CancellationToken end)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_hub.Options.WorkItemVisibility / 3, end);
                _receipt = await _hub.WorkItems.HideAsync(_message, _receipt, _hub.Options.WorkItemVisibility, end);
                Note();
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or RequestFailedException)
        {
            // Done, or lost to another host: then this one's result is dropped if it comes second.
        }
    }
}
