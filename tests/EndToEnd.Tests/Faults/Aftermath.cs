using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Radiomics;
using Radiomics.Cli;
using Radiomics.Pipeline;

namespace EndToEnd.Tests.Faults;

/// <summary>Looks at what a schedule has left behind, past all faults.</summary>
/// <param name="account">The storage account as it is, by its connection string.</param>
/// <param name="address">Where a host answers.</param>
/// <param name="http">Asks it.</param>
internal sealed class Aftermath(string account, Func<Task<Uri>> address, HttpClient http)
{
    private const string Poison = "-poison";

    private readonly BlobServiceClient _blobs = StorageClients.Create(account);
    private readonly QueueServiceClient _queues = StorageClients.CreateQueues(account);

    /// <summary>Whether an upload has its final record, and it doesn't tell of a fault of the service.</summary>
    public async Task<bool> IsFinalAsync(Mail mail) => await RecordAsync(mail) is { Error: not { IsFault: true } };

    /// <summary>Whether all have.</summary>
    public async Task<bool> AreFinalAsync(IReadOnlyList<Mail> mail)
    {
        foreach (var one in Mail.WithFollowers(mail))
        {
            if (!await IsFinalAsync(one))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The uploads whose records tell of a fault of the service, so that sending them again starts over.</summary>
    public async Task<IReadOnlyList<Mail>> FaultsAsync(IReadOnlyList<Mail> mail)
    {
        var faults = new List<Mail>();
        foreach (var one in Mail.WithFollowers(mail))
        {
            if (await RecordAsync(one) is { Error.IsFault: true } && await StatusAsync(one.Id) == "Failed")
            {
                faults.Add(one);
            }
        }

        return faults;
    }

    /// <summary>What the service still has to do; null if all uploads have come to their end and no message waits anywhere.</summary>
    public async Task<string?> UnfinishedAsync(IReadOnlyList<Mail> mail)
    {
        try
        {
            foreach (var one in Mail.WithFollowers(mail))
            {
                if (!await IsFinalAsync(one))
                {
                    return $"{one.Center}/{one.Name} has no outcome";
                }

                if (await StatusAsync(one.Id) is not "Completed" and var status)
                {
                    return $"the orchestration of {one.Center}/{one.Name} is {status ?? "unknown"}";
                }
            }

            await foreach (var queue in _queues.GetQueuesAsync())
            {
                if (!queue.Name.EndsWith(Poison, StringComparison.Ordinal)
                    && (await _queues.GetQueueClient(queue.Name).GetPropertiesAsync()).Value.ApproximateMessagesCount is > 0 and var count)
                {
                    return $"{count} messages wait in {queue.Name}";
                }
            }

            return null;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return $"it doesn't answer: {e.Message}";
        }
    }

    /// <summary>Instances of orchestrations that no upload stands behind.</summary>
    public async Task<IEnumerable<string>> OtherInstancesAsync(IReadOnlyList<Mail> all)
    {
        var instances = await http.GetFromJsonAsync<JsonElement>(new Uri(await address(), "runtime/webhooks/durabletask/instances?top=1000"));
        return instances.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()!).Except(all.Select(mail => mail.Id)).Select(id => $"There is an instance {id} that no upload stands behind.");
    }

    /// <summary>Messages that were given up: how many are of uploads whose outcome is recorded, and a sentence for each of the others.</summary>
    public async Task<(int Explained, IReadOnlyList<string> Unexplained)> PoisonAsync(IReadOnlyList<Mail> all)
    {
        var (explained, unexplained) = (0, new List<string>());
        await foreach (var queue in _queues.GetQueuesAsync())
        {
            foreach (var message in queue.Name.EndsWith(Poison, StringComparison.Ordinal) ? (await _queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value : [])
            {
                var text = TextOf(message);
                if (all.FirstOrDefault(mail => mail.Announced is { } blob && text.Contains(blob, StringComparison.Ordinal)) is { } of && await IsFinalAsync(of))
                {
                    explained++;
                }
                else
                {
                    unexplained.Add($"{queue.Name} holds a message of nobody's: {text}");
                }
            }
        }

        return (explained, unexplained);
    }

    /// <summary>What the tool finds wrong with the audit trails, and with the predictions that they tell of.</summary>
    public async Task<IReadOnlyList<string>> AuditFaultsAsync()
    {
        var environment = new Dictionary<string, string> { ["RadiomicsStorage"] = account, [TestAuditKey.Setting] = TestAuditKey.File };
        await using var output = new StringWriter();
        var exitCode = await RadiomicsTool.RunAsync(["audit", "verify", "--all"], output, output, environment.GetValueOrDefault, default);
        return exitCode == 0 ? [] : [$"audit verify --all: {output}"];
    }

    /// <summary>The audit events of predictions, one for each line of the trails.</summary>
    public async Task<IReadOnlyList<string>> AuditedAsync(IReadOnlyList<Mail> all)
    {
        var steps = new List<string>();
        var trails = _blobs.GetBlobContainerClient(Containers.Audit);
        await foreach (var blob in trails.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, default))
        {
            if (blob.Name.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                var text = Encoding.UTF8.GetString((await trails.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content);
                steps.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("id").GetString()!));
            }
        }

        var ids = all.Select(mail => mail.Id).ToHashSet();
        return [.. steps.Where(step => ids.Contains(step.Split('/')[0])).Order(StringComparer.Ordinal)];
    }

    /// <summary>What is audited twice, or not at all, or shouldn't be.</summary>
    public static IEnumerable<string> StepFaults(IReadOnlyList<string> steps, IReadOnlyList<string> expected, bool mayHaveFailed)
    {
        foreach (var twice in steps.GroupBy(step => step).Where(step => step.Count() > 1))
        {
            yield return $"{twice.Key} is audited {twice.Count()} times.";
        }

        foreach (var missing in expected.Except(steps))
        {
            yield return $"{missing} isn't audited.";
        }

        foreach (var other in mayHaveFailed ? [] : steps.Except(expected))
        {
            yield return $"{other} is audited and shouldn't be.";
        }
    }

    private static string TextOf(PeekedMessage message)
    {
        var text = message.MessageText;
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : text;
    }

    private async Task<PredictionStatus?> RecordAsync(Mail mail)
    {
        try
        {
            return await new PredictionStore(new BlobStore(_blobs)).TryGetAsync(mail.Center, mail.Id);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // Storage is away: nothing is known.
            return null;
        }
    }

    private async Task<string?> StatusAsync(string id)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(await address(), $"runtime/webhooks/durabletask/instances/{id}"));
            return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runtimeStatus").GetString() : null;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // That host is gone: nothing is known.
            return null;
        }
    }
}
