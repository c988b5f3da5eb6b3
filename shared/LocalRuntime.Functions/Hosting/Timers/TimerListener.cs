using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Runs one timer function when it is due, on the one host that holds its lock.</summary>
internal sealed class TimerListener(
    FunctionEntry function, TimerSchedule schedule, StorageConnections storage, FunctionInvoker invoker, HostSettings settings, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly TimerTriggerAttribute _trigger = (TimerTriggerAttribute)function.Trigger;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var hosts = storage.Blobs().GetBlobContainerClient(HostContainers.Hosts);
                await hosts.CreateIfNotExistsAsync(cancellationToken: cancellation);
                var lockBlob = hosts.GetBlobClient($"locks/{settings.HostId}/{function.Name}.Listener");
                await BlobLock.EnsureAsync(lockBlob, null, cancellation);
                await using var held = await BlobLock.TryTakeAsync(lockBlob, cancellation);
                if (held is not null)
                    await KeepScheduleAsync(hosts.GetBlobClient($"timers/{settings.HostId}/{function.Name}/status"), held, cancellation);
                await Task.Delay(BlobLock.Duration / 3, cancellation);
            }
            catch (OperationCanceledException)
            {
                // Either the host stops, or the lock was lost and is tried for again.
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException or IOException or JsonException)
            {
                HostLog.ScheduleFailed(log, function.Name, e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
            }
        }
    }

    private async Task KeepScheduleAsync(BlobClient statusBlob, BlobLock held, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, held.Lost);
        var now = time.GetUtcNow();
        var monitored = _trigger.UseMonitor && !schedule.IsFrequent(now);
        var status = monitored ? await ReadAsync(statusBlob, stopping.Token) : null;
        if (status is not null && status.Next <= now.UtcDateTime)
            status = await FireAsync(statusBlob, status, now, isPastDue: true, stopping.Token);
        else if (_trigger.RunOnStartup)
            status = await FireAsync(statusBlob, status ?? New(monitored, now), now, isPastDue: false, stopping.Token);
        else if (monitored && status is null)
            await WriteAsync(statusBlob, status = New(monitored, now)!, stopping.Token);
        while (true)
        {
            var next = status is not null && status.Next > time.GetUtcNow().UtcDateTime ? new DateTimeOffset(status.Next, TimeSpan.Zero) : schedule.Next(time.GetUtcNow());
            HostLog.NextOccurrence(log, function.Name, next);
            await SleepUntilAsync(next, stopping.Token);
            status = await FireAsync(statusBlob, monitored ? status ?? New(monitored, next) : null, next, isPastDue: false, stopping.Token);
        }
    }

    private async Task SleepUntilAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        for (var left = moment - time.GetUtcNow(); left > TimeSpan.Zero; left = moment - time.GetUtcNow())
            await Task.Delay(left < LongestSleep ? left : LongestSleep, time, cancellation);
    }

    /// <summary>Runs the function and, where it is monitored, moves the status on whether or not it succeeded.</summary>
    private async Task<ScheduleStatus?> FireAsync(BlobClient statusBlob, ScheduleStatus? status, DateTimeOffset occurrence, bool isPastDue, CancellationToken cancellation)
    {
        var info = new TimerInfo { ScheduleStatus = status, IsPastDue = isPastDue };
        try
        {
            await invoker.InvokeAsync(function, new TriggerData { Value = (_, _) => ValueTask.FromResult<object?>(info) }, cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // The invoker has logged it; the next occurrence is another chance.
        }
        if (status is null)
            return null;
        var moved = new ScheduleStatus
        {
            Last = occurrence.UtcDateTime,
            Next = schedule.Next(Later(occurrence, time.GetUtcNow())).UtcDateTime,
            LastUpdated = time.GetUtcNow().UtcDateTime,
        };
        await WriteAsync(statusBlob, moved, cancellation);
        return moved;
    }

    private ScheduleStatus? New(bool monitored, DateTimeOffset now) =>
        monitored ? new ScheduleStatus { Next = schedule.Next(now).UtcDateTime, LastUpdated = now.UtcDateTime } : null;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static async Task<ScheduleStatus?> ReadAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToObjectFromJson<ScheduleStatus>();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private static Task WriteAsync(BlobClient blob, ScheduleStatus status, CancellationToken cancellation) =>
        blob.UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true, cancellation);
}
