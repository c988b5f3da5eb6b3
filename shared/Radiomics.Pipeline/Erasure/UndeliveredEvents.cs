using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Emulator;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>
/// Where names of uploads and original UIDs lie that nobody asks for any more: messages about uploads that couldn't be taken in, in a queue of the data account, and events that Event
/// Grid couldn't deliver, in a container of the host's account.
/// </summary>
/// <param name="messages">The queue (<see cref="PoisonMessages.Queue"/>); null: nobody looks there.</param>
/// <param name="deadLetters">The container; null: nobody looks there.</param>
/// <param name="key">Maps the UIDs in events.</param>
public sealed class UndeliveredEvents(QueueClient? messages, BlobContainerClient? deadLetters, UidKey key)
{
    /// <summary>The container that Event Grid's subscriptions name.</summary>
    public const string DeadLetterContainer = "dead-letters";

    private const int MostAtOnce = 32;
    private const string SubjectStart = "/blobServices/default/containers/incoming/blobs/";

    // Whoever has the message meanwhile is this process; it is given back as soon as all have been seen.
    private static readonly TimeSpan _taken = TimeSpan.FromMinutes(5);

    /// <summary>How many there are of a patient.</summary>
    public Task<UndeliveredCounts> CountAsync(PatientTraces traces, CancellationToken cancellation = default) => LookAsync(traces, delete: false, cancellation);

    /// <summary>Deletes them; of a blob with several events the others' stay.</summary>
    internal Task<UndeliveredCounts> RemoveAsync(PatientTraces traces, CancellationToken cancellation) => LookAsync(traces, delete: true, cancellation);

    private async Task<UndeliveredCounts> LookAsync(PatientTraces traces, bool delete, CancellationToken cancellation) =>
        new(await TryAsync(messages is null ? null : () => MessagesAsync(messages, traces, delete, cancellation)), await TryAsync(deadLetters is null ? null : () => LettersAsync(deadLetters, traces, delete, cancellation)));

    private static async Task<int?> TryAsync(Func<Task<int>>? look)
    {
        try
        {
            return look is null ? null : await look();
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return 0;
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            return null;
        }
    }

    private static async Task<int> MessagesAsync(QueueClient queue, PatientTraces traces, bool delete, CancellationToken cancellation)
    {
        var count = 0;
        Dictionary<string, QueueMessage> others = new(StringComparer.Ordinal);
        try
        {
            // In a long queue the first are there again before the last has been seen: it ends where nothing is new.
            while ((await queue.ReceiveMessagesAsync(MostAtOnce, _taken, cancellation)).Value is var some && some.Any(message => !others.ContainsKey(message.MessageId)))
            {
                foreach (var message in some)
                {
                    if (others.ContainsKey(message.MessageId))
                    {
                        others[message.MessageId] = message;
                        continue;
                    }

                    var isOwn = NameOf(message.Body) is { } name && PatientSearch.IsNamed(traces.Names, name);
                    count += isOwn ? 1 : 0;
                    if (isOwn && delete)
                    {
                        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
                    }
                    else
                    {
                        others.Add(message.MessageId, message);
                    }
                }
            }
        }
        finally
        {
            foreach (var message in others.Values)
            {
                await GiveBackAsync(queue, message);
            }
        }

        return count;
    }

    private static async Task GiveBackAsync(QueueClient queue, QueueMessage message)
    {
        try
        {
            await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, CancellationToken.None);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.PopReceiptMismatch || e.ErrorCode == QueueErrorCode.MessageNotFound)
        {
            // It is there again by itself, or somebody else has taken or deleted it.
        }
    }

    // The blob of `incoming` that a message is about; null if it is about none.
    private static string? NameOf(BinaryData body)
    {
        try
        {
            var text = body.ToString();
            var bytes = new byte[text.Length];
            using var json = Convert.TryFromBase64String(text, bytes, out var length) ? JsonDocument.Parse(bytes.AsMemory(0, length)) : JsonDocument.Parse(text);
            return json.RootElement.TryGetProperty("ContainerName", out var container) && container.GetString() == Containers.Incoming && json.RootElement.TryGetProperty("BlobName", out var name)
                ? name.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<int> LettersAsync(BlobContainerClient container, PatientTraces traces, bool delete, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var item in ListedBlobs.ListAsync(container, BlobTraits.None, prefix: null, isWhole: false, cancellation))
        {
            var blob = container.GetBlobClient(item.Name);
            if (await TryParseAsync(blob, cancellation) is not ({ } events, var version))
            {
                continue;
            }

            JsonNode?[] others = [.. events.Where(one => !IsOf(one, traces))];
            count += events.Count - others.Length;
            if (!delete || others.Length == events.Count)
            {
                continue;
            }

            var unchanged = new BlobRequestConditions { IfMatch = version };
            if (others.Length == 0)
            {
                await blob.DeleteIfExistsAsync(conditions: unchanged, cancellationToken: cancellation);
            }
            else
            {
                var rest = new JsonArray([.. others.Select(one => one?.DeepClone())]);
                await blob.UploadAsync(new BinaryData(rest.ToJsonString()), new BlobUploadOptions { Conditions = unchanged }, cancellation);
            }
        }

        return count;
    }

    private static async Task<(JsonArray? Events, ETag Version)> TryParseAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            var content = (await blob.DownloadContentAsync(cancellation)).Value;
            return (JsonNode.Parse(content.Content.ToString()) as JsonArray, content.Details.ETag);
        }
        catch (Exception e) when (e is JsonException || (e is RequestFailedException failed && failed.IsNotFound()))
        {
            return (null, default);
        }
    }

    private bool IsOf(JsonNode? one, PatientTraces traces)
    {
        var subject = TextOf(one, "subject");
        return (subject?.StartsWith(SubjectStart, StringComparison.Ordinal) == true && PatientSearch.IsNamed(traces.Names, subject[SubjectStart.Length..]))
            || (one is JsonObject && TextOf(one["data"], "imageStudyInstanceUid") is { } study && traces.Studies.Contains(key.Map(study)));
    }

    private static string? TextOf(JsonNode? node, string name) => node is JsonObject json && json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>How many messages and events name a patient's uploads or studies.</summary>
/// <param name="Messages">In the queue of what couldn't be taken in; null: nobody could look.</param>
/// <param name="DeadLetters">Events that couldn't be delivered; null: nobody could look.</param>
public sealed record UndeliveredCounts(int? Messages, int? DeadLetters);
