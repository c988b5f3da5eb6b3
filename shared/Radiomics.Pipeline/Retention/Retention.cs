using System.Globalization;
using System.Runtime.CompilerServices;

namespace Radiomics.Pipeline;

/// <summary>
/// Deletes what is older than the settings want it kept, night after night. Periods that are new, or were changed, delete nothing in their first run, which only counts: somebody can
/// read in log and audit trail what the next one would do. What goes stands in the audit trail of its center before it goes.
/// </summary>
public sealed class Retention(
    BlobStore store, UploadStore uploads, CenterProfiles profiles, RetentionOptions options, Holds holds, PurgedInstances purged, AuditTrail trail, TimeProvider clock)
{
    private const string DryRunBlob = "retention/dry-run.json";
    private const int ThingsPerEvent = 100;

    // A night may come early by what clocks and timers differ.
    private static readonly TimeSpan _afterDryRun = TimeSpan.FromHours(20);

    /// <summary>One run.</summary>
    public async Task<RetentionReport> RunAsync(IHistories histories, CancellationToken cancellation = default)
    {
        await purged.DeleteErasedAsync(histories, cancellation);
        var now = clock.GetUtcNow();
        var policy = Digest.Of(BlobStore.Json(options with { Delete = false, MaxThings = 1 }));
        var counted = await store.TryReadJsonAsync<DryRun>(Containers.Uploads, DryRunBlob, cancellation);
        var isNew = counted?.Policy != policy;
        var deletes = options.Delete && !isNew && now - counted!.At >= _afterDryRun;
        var kept = await KeptThings.FindAsync(store, holds, profiles.Centers.Append(Containers.System), await histories.UnderWayAsync(cancellation), cancellation);
        var found = new ExpiryFinder(store, uploads, profiles, options, kept, now).FindAsync(cancellation)
            .Concat(EndedAsync(histories, now, cancellation));
        var things = await (deletes ? found.Take(options.MaxThings) : found).ToListAsync(cancellation);
        if (deletes || isNew)
        {
            await AuditAsync(things, deletes, now, cancellation);
        }

        if (isNew)
        {
            await store.Blob(Containers.Uploads, DryRunBlob).UploadAsync(BlobStore.Json(new DryRun(policy, now)), overwrite: true, cancellation);
        }

        foreach (var thing in deletes ? things : [])
        {
            await DeleteAsync(thing, histories, cancellation);
        }

        if (deletes)
        {
            await PatientIndex.SweepAsync(store, cancellation);
        }

        return new(deletes, things.CountBy(thing => thing.Period, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
    }

    private async IAsyncEnumerable<ExpiredThing> EndedAsync(
        IHistories histories, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var instance in histories.EndedAsync(cancellation))
        {
            if (options.Of(instance.Center).Histories is > 0 and var days && instance.Ended < now.AddDays(-days))
            {
                yield return new ExpiredThing
                {
                    Period = nameof(RetentionPeriods.Histories),
                    Area = profiles.AreaOf(instance.Center),
                    Id = instance.Id,
                    Container = Containers.Uploads,
                    Blobs = [],
                    Instances = [instance.Id],
                };
            }
        }
    }

    private async Task DeleteAsync(ExpiredThing thing, IHistories histories, CancellationToken cancellation)
    {
        foreach (var instance in thing.Instances)
        {
            if (PredictionId.IsValid(instance) || RetrainingId.IsValid(instance))
            {
                await purged.MarkAsync(instance);
            }

            await histories.DeleteAsync(instance, cancellation);
        }

        foreach (var blob in thing.Blobs)
        {
            if (!await store.TryDeleteAsync(thing.Container, blob, cancellation))
            {
                // Written again since it was listed: the thing isn't old any more.
                return;
            }
        }
    }

    private async Task AuditAsync(List<ExpiredThing> things, bool deletes, DateTimeOffset now, CancellationToken cancellation)
    {
        var run = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        foreach (var group in things.GroupBy(thing => (thing.Area, thing.Period)))
        {
            foreach (var (number, chunk) in (deletes ? group.Chunk(ThingsPerEvent) : [[.. group]]).Index())
            {
                var subjects = new Dictionary<string, string>
                {
                    ["period"] = group.Key.Period,
                    ["days"] = string.Create(CultureInfo.InvariantCulture, $"{DaysOf(group.Key.Area, group.Key.Period)}"),
                    ["count"] = string.Create(CultureInfo.InvariantCulture, $"{chunk.Length}"),
                };
                if (deletes)
                {
                    subjects["ids"] = string.Join(' ', chunk.Select(thing => thing.Id).Distinct(StringComparer.Ordinal));
                }

                await trail.AppendAsync(
                    new AuditEvent
                    {
                        Id = string.Create(CultureInfo.InvariantCulture, $"retention/{run}/{group.Key.Period}/{number}"),
                        Center = group.Key.Area,
                        Actor = "pipeline",
                        Action = deletes ? "expired-deleted" : "expired-counted",
                        Subjects = subjects,
                    },
                    cancellation);
            }
        }
    }

    private int DaysOf(string area, string period) => options.Of(area).ByName().Single(one => one.Name == period).Days ?? 0;

    private sealed record DryRun(string Policy, DateTimeOffset At);
}

/// <summary>What a run did.</summary>
/// <param name="Deleted">Whether things were deleted, or counted only.</param>
/// <param name="Things">How many, by the period that was over.</param>
public sealed record RetentionReport(bool Deleted, IReadOnlyDictionary<string, int> Things);
