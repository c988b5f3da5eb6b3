namespace Radiomics.Pipeline;

/// <summary>
/// Deletes what is older than the settings want it kept, night after night. Settings that are new, or were changed, delete nothing in their first run, which only counts: somebody can
/// read in log and audit trail what the next one would do. What goes stands in the audit trail of its center before it goes.
/// </summary>
public sealed class Retention(
    BlobStore store, UploadStore uploads, UploadDoor door, CenterProfiles profiles, RetentionOptions options, PurgedInstances purged, PoisonMessages poison, AuditTrail trail, TimeProvider clock)
{
    private const string DryRunBlob = "retention/dry-run.json";
    private const int ThingsPerChunk = 100;

    // A night may come early by what clocks and timers differ.
    private static readonly TimeSpan _afterDryRun = TimeSpan.FromHours(20);

    // Where nothing is deleted the count is worth an event now and then.
    private static readonly TimeSpan _countAgain = TimeSpan.FromDays(7);

    // A function has half an hour. What hashing or looking takes too long for is for the next night; the rest of this one's work goes on.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan _longestHashing = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _longestPoison = TimeSpan.FromMinutes(3);

    // Longer than anything runs that goes well.
    private static readonly TimeSpan _stuck = TimeSpan.FromDays(2);

    /// <summary>One run.</summary>
    public async Task<RetentionReport> RunAsync(IHistories histories, CancellationToken cancellation = default)
    {
        var (limit, hashing) = (new TimeLimit(clock, _longest), new TimeLimit(clock, _longestHashing));
        await store.EnsureContainersAsync();
        await purged.DeleteErasedAsync(histories, cancellation);
        var now = clock.GetUtcNow();
        var policy = Digest.Of(BlobStore.Json(options with { MaxThings = 1, MaxReceipts = 1 }));
        var counted = await store.TryReadJsonAsync<DryRun>(Containers.Uploads, DryRunBlob, cancellation);
        var isNew = counted?.Policy != policy;
        var deletes = options.Delete && !isNew && now - counted!.At >= _afterDryRun;

        var reader = new TolerantReader(store);
        var kept = new KeptThings(store, reader, profiles, histories);
        var receipts = new ReceiptFinder(store, reader, profiles, options, histories, limit, now);
        var incoming = new IncomingReceipts(store, uploads, door, reader, profiles, purged, histories, hashing);
        var finder = new ExpiryFinder(store, reader, incoming, profiles, options, histories, receipts, limit, now);
        var audit = new RetentionAudit(trail, options, now);
        await kept.ReadAsync(cancellation);
        var found = finder.FindAsync(cancellation).Where(thing => !kept.Keeps(thing));
        var report = deletes
            ? await DeleteAsync(found, kept, audit, histories, limit, now, cancellation)
            : await CountAsync(found, audit, limit, isNew || (!options.Delete && now - counted!.At >= _countAgain), policy, now, cancellation);
        await incoming.SaveAsync(cancellation);
        if (deletes)
        {
            // A run that counts is followed by one that looks at the same.
            await receipts.SaveAsync(cancellation);
        }

        return report with
        {
            IsCutShort = limit.HasStopped || hashing.HasStopped,
            Unannounced = finder.Unannounced,
            Unreadable = reader.Unreadable,
            InTheWay = [.. kept.InTheWay.Where(instance => instance.IsSuspended || now - instance.Since > _stuck)],
        };
    }

    private async Task<RetentionReport> CountAsync(
        IAsyncEnumerable<ExpiredThing> found, RetentionAudit audit, TimeLimit limit, bool isTold, string policy, DateTimeOffset now, CancellationToken cancellation)
    {
        Dictionary<(string Area, string Period), int> counts = [];
        await foreach (var thing in found.WithCancellation(cancellation))
        {
            counts[(thing.Area, thing.Period)] = counts.GetValueOrDefault((thing.Area, thing.Period)) + 1;
        }

        var (messages, areAll) = options.PoisonDays is > 0 and var days ? await poison.CountAsync(now.AddDays(-days), cancellation) : (0, true);
        if (messages > 0)
        {
            counts.Add((Containers.System, RetentionOptions.Poison), messages);
        }

        if (isTold)
        {
            await audit.CountedAsync(counts, period => limit.HasStopped || (period == RetentionOptions.Poison && !areAll), cancellation);
            await store.Blob(Containers.Uploads, DryRunBlob).UploadAsync(BlobStore.Json(new DryRun(policy, now)), overwrite: true, cancellation);
        }

        return new() { Deleted = false, Things = Sum(counts.Select(count => (count.Key.Period, count.Value))) };
    }

    private async Task<RetentionReport> DeleteAsync(
        IAsyncEnumerable<ExpiredThing> found, KeptThings kept, RetentionAudit audit, IHistories histories, TimeLimit limit, DateTimeOffset now, CancellationToken cancellation)
    {
        List<(string Period, int Count)> counts = [];
        var stayed = 0;
        var left = options.MaxThings;
        await foreach (var chunk in found.Chunk(Math.Min(ThingsPerChunk, options.MaxThings)).WithCancellation(cancellation))
        {
            // Looking takes its time, in which somebody may have placed a hold, or something been started that reads what is old.
            await kept.ReadAsync(cancellation);
            ExpiredThing[] things = [.. chunk.Where(thing => !kept.Keeps(thing)).Take(left)];
            var staying = await DeleteAsync(things, audit, histories, cancellation);
            counts.AddRange(things.Except(staying).Select(thing => (thing.Period, 1)));
            stayed += staying.Count;
            left -= things.Length;
            if (left == 0 || limit.Stops())
            {
                break;
            }
        }

        counts.Add((RetentionOptions.Poison, await DeletePoisonAsync(audit, now, cancellation)));
        var swept = await PatientIndex.SweepAsync(store, cancellation);
        if (swept > 0)
        {
            // How many is known only now. What an entry says of a patient, the events of what it led to have said.
            await audit.SweptAsync(swept);
        }

        return new() { Deleted = true, Things = Sum(counts), Stayed = stayed, Swept = swept };
    }

    // What stays is said whatever ends the run.
    private async Task<IReadOnlyList<ExpiredThing>> DeleteAsync(IReadOnlyList<ExpiredThing> things, RetentionAudit audit, IHistories histories, CancellationToken cancellation)
    {
        List<ExpiredThing> staying = [.. things];
        await audit.DeletingAsync(things, cancellation);
        try
        {
            foreach (var thing in things)
            {
                if (await TryDeleteAsync(thing, histories, cancellation))
                {
                    staying.Remove(thing);
                }
            }
        }
        finally
        {
            await audit.StayedAsync(staying);
        }

        return staying;
    }

    private async Task<bool> TryDeleteAsync(ExpiredThing thing, IHistories histories, CancellationToken cancellation)
    {
        foreach (var instance in thing.Instances)
        {
            if (PredictionId.IsValid(instance) || RetrainingId.IsValid(instance))
            {
                await purged.MarkAsync(instance);
            }

            if (!await histories.DeleteAsync(instance, cancellation))
            {
                // Started again since it was looked at.
                return false;
            }
        }

        foreach (var blob in thing.Blobs)
        {
            if (!await store.TryDeleteAsync(thing.Container, blob, cancellation))
            {
                // Written again since it was listed: the thing isn't old any more.
                return false;
            }
        }

        return true;
    }

    private async Task<int> DeletePoisonAsync(RetentionAudit audit, DateTimeOffset now, CancellationToken cancellation)
    {
        var limit = new TimeLimit(clock, _longestPoison);
        var (sum, deleted) = (0, options.PoisonDays is > 0 ? 1 : 0);
        while (deleted > 0 && sum < options.MaxThings && !limit.Stops())
        {
            deleted = await poison.DeleteAsync(
                now.AddDays(-options.PoisonDays!.Value), count => audit.DeletingAsync(Containers.System, RetentionOptions.Poison, count, cancellation), cancellation);
            sum += deleted;
        }

        return sum;
    }

    private static Dictionary<string, int> Sum(IEnumerable<(string Period, int Count)> counts) =>
        counts.Where(count => count.Count > 0).GroupBy(count => count.Period, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(count => count.Count), StringComparer.Ordinal);

    private sealed record DryRun(string Policy, DateTimeOffset At);
}
