using System.Diagnostics.Metrics;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Telemetry;

/// <summary>
/// Measures how long work has been waiting in the host's queues: activities, announcements of blobs, and what could not be taken. Control queues are left out: a
/// timer's message waits there on purpose. Messages are counted and never read.
/// </summary>
public sealed class QueueMeter(IReadOnlyList<QueueServiceClient> accounts, TimeProvider time)
{
    /// <summary>Seconds since the message in front was put there, by <c>queue</c>; 0 if none waits.</summary>
    public const string Ages = "radiomics.queue.age";

    /// <summary>Messages, roughly, those in work included, by <c>queue</c>.</summary>
    public const string Lengths = "radiomics.queue.length";

    /// <summary>Setting of the host's account.</summary>
    public const string HostStorage = "AzureWebJobsStorage";

    private static readonly Meter s_meter = new(StepMeter.Name);
    private static readonly Gauge<double> s_ages = s_meter.CreateGauge<double>(Ages, "s", "How long the message in front has been waiting.");
    private static readonly Gauge<long> s_lengths = s_meter.CreateGauge<long>(Lengths, "{message}", "Messages in a queue.");

    /// <summary>One for the accounts in the settings: the host's, where Durable Functions' queues are, and the data's, where the blob trigger's are.</summary>
    public static QueueMeter Create(IConfiguration configuration, TimeProvider time) => new(Accounts(configuration), time);

    /// <summary>The accounts' queues; of one that both names mean, once.</summary>
    public static IReadOnlyList<QueueServiceClient> Accounts(IConfiguration configuration) =>
    [
        .. new[] { HostStorage, "RadiomicsStorage" }.Select(name => StorageClients.TryCreateQueues(configuration, name)).OfType<QueueServiceClient>().DistinctBy(account => account.Uri),
    ];

    /// <summary>Measures all queues once.</summary>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        foreach (var account in accounts)
        {
            await foreach (var queue in account.GetQueuesAsync(cancellationToken: cancellation))
            {
                if (IsWatched(queue.Name))
                {
                    await MeasureAsync(account.GetQueueClient(queue.Name), cancellation);
                }
            }
        }
    }

    /// <summary>Measures the lines in which studies and retrainings wait for their turn, as queues of the names <c>turns-study</c> and <c>turns-retraining</c>.</summary>
    public async Task MeasureAsync(TurnDesk desk)
    {
        foreach (var kind in Enum.GetValues<TurnKind>())
        {
            var waiting = (await desk.ReadAsync(kind)).Waiting;
            var oldest = waiting.Select(entry => (time.GetUtcNow().UtcDateTime - entry.Since).TotalSeconds).DefaultIfEmpty(0).Max();
            Record($"turns-{kind.ToString().ToLowerInvariant()}", Math.Max(0, oldest), waiting.Count);
        }
    }

    private async Task MeasureAsync(QueueClient queue, CancellationToken cancellation)
    {
        var front = (await queue.PeekMessageAsync(cancellation)).Value;
        var length = (await queue.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount;
        var age = front?.InsertedOn is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0;
        Record(queue.Name, age, length);
    }

    private static void Record(string queue, double age, long length)
    {
        s_ages.Record(age, new KeyValuePair<string, object?>("queue", queue));
        s_lengths.Record(length, new KeyValuePair<string, object?>("queue", queue));
    }

    private static bool IsWatched(string queue) => queue.EndsWith("-workitems", StringComparison.Ordinal)
        || queue.StartsWith("azure-webjobs-blobtrigger-", StringComparison.Ordinal)
        || queue == PoisonMessages.Queue;
}
