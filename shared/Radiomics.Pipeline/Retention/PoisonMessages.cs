using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Radiomics.Pipeline;

/// <summary>
/// What the host gave up announcing: messages with the names of blobs, which may be patients', in a queue of the data account that nothing else empties.
/// </summary>
/// <param name="account">The account's queues; null if nothing says where they are.</param>
public sealed class PoisonMessages(QueueServiceClient? account)
{
    /// <summary>The queue, as the host calls it.</summary>
    public const string Queue = "webjobs-blobtrigger-poison";

    // The most that the service gives at once.
    private const int Most = 32;

    /// <summary>How many of the messages in front were put there before a time, and whether that are all: not more than 32 can be looked at without taking them.</summary>
    public async Task<(int Count, bool AreAll)> CountAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        try
        {
            var count = account is null ? 0 : (await account.GetQueueClient(Queue).PeekMessagesAsync(Most, cancellation)).Value.Count(message => message.InsertedOn < before);
            return (count, count < Most);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return (0, true);
        }
    }

    /// <summary>Deletes those in front that were put there before a time. Returns how many; 0 when none is left.</summary>
    /// <param name="before">The time.</param>
    /// <param name="audit">Told how many go, before they do.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<int> DeleteAsync(DateTimeOffset before, Func<int, Task> audit, CancellationToken cancellation)
    {
        // Peeked at first: a message that is received is hidden from whoever looks at the queue.
        if ((await CountAsync(before, cancellation)).Count == 0)
        {
            return 0;
        }

        var queue = account!.GetQueueClient(Queue);
        QueueMessage[] messages = (await queue.ReceiveMessagesAsync(Most, TimeSpan.FromMinutes(1), cancellation)).Value;
        QueueMessage[] over = [.. messages.Where(message => message.InsertedOn < before)];
        if (over.Length > 0)
        {
            await audit(over.Length);
        }

        foreach (var message in messages)
        {
            if (over.Contains(message))
            {
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
            }
            else
            {
                await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: cancellation);
            }
        }

        return over.Length;
    }
}
