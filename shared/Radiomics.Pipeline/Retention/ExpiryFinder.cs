using System.Runtime.CompilerServices;

namespace Radiomics.Pipeline;

/// <summary>Finds what is older than its period and isn't kept for another reason.</summary>
internal sealed class ExpiryFinder(BlobStore store, UploadStore uploads, CenterProfiles profiles, RetentionOptions options, KeptThings kept, DateTimeOffset now)
{
    /// <summary>All of it, kind after kind.</summary>
    public async IAsyncEnumerable<ExpiredThing> FindAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Func<CancellationToken, IAsyncEnumerable<ExpiredThing>>[] finders = [IncomingAsync, RequestsAsync, QuarantineAsync, ArrivalsAsync, StudiesAsync, FeaturesAsync, PredictionsAsync, UploadsAsync];
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
            var periods = options.Of(unit.Center);
            if (!IsOver(unit.Name is null ? periods.Junk : periods.Incoming, unit.Blobs))
            {
                continue;
            }

            // An upload that never was announced has no id; a digest names it without saying what a hospital called it.
            var upload = unit.Name is null ? null : await uploads.TryFindAsync(unit.Name, cancellation);
            var area = profiles.AreaOf(unit.Center);
            if (upload is null || !kept.Holds(area, upload))
            {
                var period = unit.Name is null ? nameof(RetentionPeriods.Junk) : nameof(RetentionPeriods.Incoming);
                yield return Thing(period, area, upload ?? $"name-{Digest.OfParts(unit.Path)[..16]}", Containers.Incoming, unit.Blobs);
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> RequestsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (center, blobs) in GroupsAsync(Containers.Requests, 2, periods => periods.Requests, cancellation))
        {
            // What could not be used is kept here and no second time: as long as the reason is.
            var upload = Path.GetFileNameWithoutExtension(blobs[0].Name);
            if (!kept.Holds(profiles.AreaOf(center), upload) && !await QuarantineStore.HoldsAsync(store, profiles.AreaOf(center), upload, cancellation))
            {
                yield return Thing(nameof(RetentionPeriods.Requests), profiles.AreaOf(center), upload, Containers.Requests, blobs);
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> QuarantineAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (area, blobs) in GroupsAsync(Containers.Quarantine, 2, periods => periods.Quarantine, cancellation))
        {
            var upload = blobs[0].Name.Split('/')[1];
            if (!kept.Holds(area, upload))
            {
                yield return Thing(nameof(RetentionPeriods.Quarantine), area, upload, Containers.Quarantine, [.. blobs.OrderBy(blob => blob.Name.EndsWith("/reason.json", StringComparison.Ordinal))]);
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> ArrivalsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (center, blobs) in GroupsAsync(Containers.Arrivals, 3, periods => periods.Arrivals, cancellation))
        {
            if (blobs[0].Name.Split('/') is [_, var service, var file] && await store.TryReadJsonAsync<StudyArrival>(Containers.Arrivals, blobs[0].Name, cancellation) is { } stamp && !stamp.IsOpen())
            {
                // A wait whose history were left would refuse the first event after this one: it has been, it would say.
                var study = new ArrivalKey(center, service, Path.GetFileNameWithoutExtension(file));
                yield return Thing(nameof(RetentionPeriods.Arrivals), center, study.StudyUid, Containers.Arrivals, blobs) with { Instances = ArrivalId.Until(study, stamp.Generation) };
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> StudiesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (center, blobs) in GroupsAsync(Containers.Studies, 3, periods => periods.Studies, cancellation))
        {
            var study = blobs[0].Name.Split('/')[1];
            if (!kept.HoldsStudy(center, study))
            {
                // The manifest goes first: whoever finds one relies on the volumes.
                yield return Thing(nameof(RetentionPeriods.Studies), center, study, Containers.Studies, [.. blobs.OrderBy(blob => !blob.Name.EndsWith("/manifest.json", StringComparison.Ordinal))]);
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> FeaturesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (center, blobs) in GroupsAsync(Containers.Features, 2, periods => periods.Features, cancellation))
        {
            var study = blobs[0].Name.Split('/')[1];
            if (!kept.HoldsStudy(center, study))
            {
                yield return Thing(nameof(RetentionPeriods.Features), center, study, Containers.Features, blobs);
            }
        }
    }

    private async IAsyncEnumerable<ExpiredThing> PredictionsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!IsLimited(periods => periods.Predictions))
        {
            yield break;
        }

        foreach (var area in profiles.Centers.Append(Containers.System))
        {
            var blobs = await store.ListAsync(Containers.Predictions, $"{area}/by-id/", cancellation).ToListAsync(cancellation);
            foreach (var group in blobs.GroupBy(blob => PredictionStore.IdOf(blob.Name), StringComparer.Ordinal))
            {
                if (IsOver(options.Of(area).Predictions, group) && !kept.Holds(area, group.Key)
                    && !await IsOfHeldStudyAsync(area, group.Key, cancellation))
                {
                    yield return await PredictionAsync(area, group.Key, [.. group], cancellation);
                }
            }
        }
    }

    private async Task<bool> IsOfHeldStudyAsync(string area, string id, CancellationToken cancellation) =>
        (await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, $"{area}/by-id/{id}.json", cancellation))?.Prediction is { } record && kept.Holds(area, record.StudyUid);

    private async Task<ExpiredThing> PredictionAsync(string area, string id, IReadOnlyList<FoundBlob> blobs, CancellationToken cancellation) =>
        Thing(nameof(RetentionPeriods.Predictions), area, id, Containers.Predictions, await PredictionStore.BlobsAsync(store, area, id, blobs, cancellation)) with { Instances = [id] };

    // A receipt stays as long as what it is of: it says whose that is. A pointer to it goes once it is gone.
    private async IAsyncEnumerable<ExpiredThing> UploadsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!IsLimited(periods => periods.Uploads))
        {
            yield break;
        }

        var shortest = options.Centers.Values.Select(own => own.Over(options.Days)).Append(options.Days).Select(periods => periods.Uploads).Where(days => days > 0).Min();
        await foreach (var blob in store.ListAsync(Containers.Uploads, "", cancellation))
        {
            if (!IsOver(shortest, [blob]))
            {
                continue;
            }

            if (UploadStore.IdOf(blob.Name) is { } id && await uploads.TryGetAsync(id) is { } record)
            {
                var area = profiles.AreaOf(record.Center);
                if (IsOver(options.Of(record.Center).Uploads, [blob]) && !kept.Holds(area, id) && !await store.ListAsync(record.Container, record.Blob, cancellation).AnyAsync(cancellation))
                {
                    yield return Thing(nameof(RetentionPeriods.Uploads), area, id, Containers.Uploads, [blob]);
                }
            }
            else if (IsOver(options.Days.Uploads, [blob]) && await UploadStore.TargetOfAsync(store, blob.Name, cancellation) is { } target && await uploads.TryGetAsync(target) is null)
            {
                yield return Thing(nameof(RetentionPeriods.Uploads), Containers.System, target, Containers.Uploads, [blob]);
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

    private bool IsLimited(Func<RetentionPeriods, int?> period) => options.Centers.Values.Append(options.Days).Any(periods => period(periods) > 0);

    private bool IsOverIn(List<FoundBlob> group, Func<RetentionPeriods, int?> period) => IsOver(period(options.Of(CenterOf(group[0].Name))), group);

    private bool IsOver(int? days, IEnumerable<FoundBlob> blobs) => days is > 0 && blobs.Max(blob => blob.Written) < now.AddDays(-days.Value);

    private static ExpiredThing Thing(string period, string area, string id, string container, IReadOnlyList<FoundBlob> blobs) =>
        new() { Period = period, Area = area, Id = id, Container = container, Blobs = blobs };
}
