using System.Runtime.CompilerServices;

namespace Radiomics.Pipeline;

/// <summary>Finds what is older than its period, whether something else keeps it or not.</summary>
internal sealed class ExpiryFinder(
    BlobStore store, TolerantReader reader, IncomingReceipts incoming, CenterProfiles profiles, RetentionOptions options, IHistories histories, ReceiptFinder receipts, TimeLimit limit, DateTimeOffset now)
{
    /// <summary>Complete uploads that are over and of which no prediction was begun, so that nobody has read them: they stay.</summary>
    public int Unannounced { get; private set; }

    /// <summary>All of it, kind after kind, until time is up.</summary>
    public async IAsyncEnumerable<ExpiredThing> FindAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Func<CancellationToken, IAsyncEnumerable<ExpiredThing>>[] finders =
            [IncomingAsync, RequestsAsync, QuarantineAsync, ArrivalsAsync, StudiesAsync, FeaturesAsync, PredictionsAsync, HistoriesAsync, receipts.FindAsync];
        foreach (var finder in finders)
        {
            await foreach (var thing in finder(cancellation))
            {
                yield return thing;
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> IncomingAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!IsLimited(periods => periods.Incoming) && !IsLimited(periods => periods.Junk))
        {
            yield break;
        }

        foreach (var unit in IncomingUnit.Sort(await store.ListAsync(Containers.Incoming, "", cancellation).ToListAsync(cancellation)))
        {
            var (periods, area) = (options.Of(unit.Center), profiles.AreaOf(unit.Center));
            if (limit.Stops())
            {
                yield break;
            }

            if (!IsOver(unit.Name is null ? periods.Junk : periods.Incoming, unit.Blobs))
            {
                continue;
            }

            if (unit.Name is null)
            {
                // What completes no upload has no id; a digest names it without saying what a hospital called it.
                yield return Thing(nameof(RetentionPeriods.Junk), area, $"name-{Digest.OfParts(unit.Path)[..16]}", Containers.Incoming, unit.Blobs);
            }
            else if (await incoming.TryFindAsync(unit.Name, unit.Blobs, cancellation) is var (uploads, isKnown) && uploads.Count > 0)
            {
                yield return Thing(nameof(RetentionPeriods.Incoming), area, uploads[0], Containers.Incoming, unit.Blobs) with { Related = uploads };
            }
            else
            {
                Unannounced += isKnown ? 1 : 0;
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> RequestsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (center, blobs) in GroupsAsync(Containers.Requests, 2, periods => periods.Requests, cancellation))
        {
            // What could not be used is kept here and no second time: as long as the reason is.
            var upload = Path.GetFileNameWithoutExtension(blobs[0].Name);
            if (!await QuarantineStore.HoldsAsync(store, profiles.AreaOf(center), upload, cancellation))
            {
                yield return Thing(nameof(RetentionPeriods.Requests), profiles.AreaOf(center), upload, Containers.Requests, blobs) with { Related = [upload] };
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> QuarantineAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (area, blobs) in GroupsAsync(Containers.Quarantine, 2, periods => periods.Quarantine, cancellation))
        {
            var upload = blobs[0].Name.Split('/')[1];
            FoundBlob[] ordered = [.. blobs.OrderBy(blob => blob.Name == QuarantineStore.ReasonName(area, upload))];
            yield return Thing(nameof(RetentionPeriods.Quarantine), area, upload, Containers.Quarantine, ordered) with { Related = [upload] };
        }
    }

    private async IAsyncEnumerable<ExpiredThing> ArrivalsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (center, blobs) in GroupsAsync(Containers.Arrivals, 3, periods => periods.Arrivals, cancellation))
        {
            if (blobs[0].Name.Split('/') is [_, var service, var file]
                && (await reader.TryReadAsync<StudyArrival>(Containers.Arrivals, blobs[0].Name, cancellation)).Value is { } stamp && !stamp.IsOpen())
            {
                // A wait whose history were left would refuse the first event after this one: it has been, it would say.
                var study = new ArrivalKey(center, service, Path.GetFileNameWithoutExtension(file));
                var waits = ArrivalId.Until(study, stamp.Generation);
                yield return Thing(nameof(RetentionPeriods.Arrivals), center, study.StudyUid, Containers.Arrivals, blobs) with { Instances = waits, Related = [study.StudyUid, .. waits] };
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> StudiesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (center, blobs) in GroupsAsync(Containers.Studies, 3, periods => periods.Studies, cancellation))
        {
            // The manifest goes first: whoever finds one relies on the volumes.
            var study = blobs[0].Name.Split('/')[1];
            FoundBlob[] ordered = [.. blobs.OrderBy(blob => !blob.Name.EndsWith("/manifest.json", StringComparison.Ordinal))];
            yield return Thing(nameof(RetentionPeriods.Studies), center, study, Containers.Studies, ordered) with { Study = study };
        }
    }

    private async IAsyncEnumerable<ExpiredThing> FeaturesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (center, blobs) in GroupsAsync(Containers.Features, 2, periods => periods.Features, cancellation))
        {
            var study = blobs[0].Name.Split('/')[1];
            yield return Thing(nameof(RetentionPeriods.Features), center, study, Containers.Features, blobs) with { Study = study };
        }
    }

    private async IAsyncEnumerable<ExpiredThing> PredictionsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var area in profiles.Centers.Append(Containers.System).Where(area => options.Of(area).Predictions > 0))
        {
            var blobs = await store.ListAsync(Containers.Predictions, $"{area}/by-id/", cancellation).ToListAsync(cancellation);
            foreach (var group in blobs.GroupBy(blob => PredictionStore.IdOf(blob.Name), StringComparer.Ordinal))
            {
                if (limit.Stops())
                {
                    yield break;
                }

                if (IsOver(options.Of(area).Predictions, group))
                {
                    var (status, isReadable) = await reader.TryReadAsync<PredictionStatus>(Containers.Predictions, PredictionStore.RecordName(area, group.Key), cancellation);
                    if (isReadable)
                    {
                        yield return await PredictionAsync(area, group.Key, status, [.. group], cancellation);
                    }
                }
            }
        }
    }

    private async Task<ExpiredThing> PredictionAsync(string area, string id, PredictionStatus? status, IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation)
    {
        string?[] related = [id, status?.UploadId, status?.Prediction?.UploadId, status?.Prediction?.StudyUid];
        return Thing(nameof(RetentionPeriods.Predictions), area, id, Containers.Predictions, await PredictionStore.BlobsAsync(store, area, id, blobs, cancellation)) with
        {
            Instances = [id],
            Related = [.. related.OfType<string>()],
        };
    }

    private async IAsyncEnumerable<ExpiredThing> HistoriesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!IsLimited(periods => periods.Histories))
        {
            yield break;
        }

        await foreach (var instance in histories.EndedAsync(cancellation))
        {
            if (limit.Stops())
            {
                yield break;
            }

            if (options.Of(instance.Center).Histories is > 0 and var days && instance.Ended < now.AddDays(-days))
            {
                yield return Thing(nameof(RetentionPeriods.Histories), profiles.AreaOf(instance.Center), instance.Id, Containers.Uploads, []) with
                {
                    Instances = [instance.Id],
                    Related = instance.Study is { } study ? [instance.Id, study] : [instance.Id],
                };
            }
        }
    }

    /// <summary>The blobs of a container by the first parts of their names, where all of a group are over.</summary>
    private async IAsyncEnumerable<(string Center, IReadOnlyList<FoundBlob> Blobs)> GroupsAsync(
        string container, int parts, Func<RetentionPeriods, int?> period, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!IsLimited(period))
        {
            yield break;
        }

        // Names come in their order, so that a group is complete when the next begins.
        List<FoundBlob> group = [];
        await foreach (var blob in store.ListAsync(container, "", cancellation))
        {
            if (limit.Stops())
            {
                yield break;
            }

            if (group.Count > 0 && KeyOf(group[0].Name, parts) != KeyOf(blob.Name, parts))
            {
                if (IsOverIn(group, period))
                {
                    yield return (CenterOf(group[0].Name), [.. group]);
                }

                group.Clear();
            }

            group.Add(blob);
        }

        if (group.Count > 0 && IsOverIn(group, period))
        {
            yield return (CenterOf(group[0].Name), group);
        }
    }

    private static string KeyOf(string name, int parts) => string.Join('/', name.Split('/').Take(parts));

    private static string CenterOf(string name) => name.IndexOf('/') is > 0 and var slash ? name[..slash] : "";

    private bool IsLimited(Func<RetentionPeriods, int?> period) => options.Periods.Any(periods => period(periods) > 0);

    private bool IsOverIn(List<FoundBlob> group, Func<RetentionPeriods, int?> period) => IsOver(period(options.Of(CenterOf(group[0].Name))), group);

    private bool IsOver(int? days, IEnumerable<FoundBlob> blobs) => days is > 0 && blobs.Max(blob => blob.Written) < now.AddDays(-days.Value);

    private static ExpiredThing Thing(string period, string area, string id, string container, IReadOnlyList<FoundBlob> blobs) =>
        new() { Period = period, Area = area, Id = id, Container = container, Blobs = blobs };
}
