using System.Runtime.CompilerServices;
using Azure;

namespace Radiomics.Pipeline;

/// <summary>
/// What isn't deleted though it is old: what a hold names, with all that belongs to it, what is being worked on, and the studies that retrainings have used. True of the moment at which it
/// was last read.
/// </summary>
internal sealed class KeptThings(BlobStore store, TolerantReader reader, CenterProfiles profiles, IHistories histories)
{
    private readonly HoldLedger _ledger = new(store);
    private readonly Dictionary<(string Area, string Id), List<string>> _stored = [];
    private readonly Dictionary<(string Area, HeldThing Thing), string[]> _areas = [];
    private readonly Dictionary<string, ETag> _plans = new(StringComparer.Ordinal);
    private readonly HashSet<(string Center, string Study)> _learned = [];
    private readonly HashSet<(string Area, string Id)> _held = [];
    private readonly HashSet<string> _worked = new(StringComparer.Ordinal);

    /// <summary>Instances that haven't ended and for whose sake no study of their centers is deleted.</summary>
    public IReadOnlyList<RunningInstance> InTheWay { get; private set; } = [];

    /// <summary>Reads what is kept now.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        // Instances before plans: of a retraining that fixes its plan meanwhile one of the two is found.
        var running = await histories.UnderWayAsync(cancellation);
        await LearnAsync(cancellation);
        _worked.Clear();
        _worked.UnionWith(running.Select(instance => instance.Id).Concat(running.Select(instance => instance.Upload).OfType<string>()));
        InTheWay = [.. running.Where(instance => instance.Centers.Count > 0 && !HasPlan(instance))];
        await _ledger.ReadAsync(cancellation);
        await HoldAsync(cancellation);
    }

    /// <summary>Whether a thing stays.</summary>
    public bool Keeps(ExpiredThing thing) =>
        thing.Related.Any(id => _held.Contains((thing.Area, id)) || _worked.Contains(id))
        || (thing.Study is { } study && (_held.Contains((thing.Area, study)) || _learned.Contains((thing.Area, study)) || InTheWay.Any(instance => instance.Centers.Contains(thing.Area))));

    // What a retraining reads once it has a plan, the plan names.
    private bool HasPlan(RunningInstance instance) => RetrainingId.IsValid(instance.Id) && instance.Centers.Any(center => _plans.ContainsKey(RetrainingBlobs.PlanName(center, instance.Id)));

    // A held study keeps its predictions and what they were made of, and the other way round: everything of the center that hangs together.
    private async Task HoldAsync(CancellationToken cancellation)
    {
        _held.Clear();
        var open = new Stack<(string Area, string Id)>();
        foreach (var (area, hold) in _ledger.Held)
        {
            foreach (var meant in await AreasOfAsync(area, hold.Thing))
            {
                open.Push((meant, hold.Thing.Id));
            }
        }

        while (open.TryPop(out var held))
        {
            foreach (var other in _held.Add(held) ? _ledger.NamedWith(held.Area, held.Id).Concat(await StoredWithAsync(held.Area, held.Id, cancellation)) : [])
            {
                open.Push((held.Area, other));
            }
        }
    }

    private async Task<IEnumerable<string>> AreasOfAsync(string area, HeldThing thing)
    {
        if (!_areas.TryGetValue((area, thing), out var areas))
        {
            _areas.Add((area, thing), areas = await _ledger.IsOfAsync(area, thing) ? [area] : [.. profiles.Centers, Containers.System]);
        }

        return areas;
    }

    private async Task<List<string>> StoredWithAsync(string area, string id, CancellationToken cancellation)
    {
        if (!_stored.TryGetValue((area, id), out var others))
        {
            _stored.Add((area, id), others = await FindStoredWithAsync(area, id, cancellation).ToListAsync(cancellation));
        }

        return others;
    }

    // Beside what the trail says, for what was made before it said all that.
    private async IAsyncEnumerable<string> FindStoredWithAsync(string area, string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (UploadId.IsValid(id))
        {
            yield return PredictionId.OfUpload(id);
            if (await store.TryReadJsonAsync<QuarantineReason>(Containers.Quarantine, QuarantineStore.ReasonName(area, id), cancellation) is { } reason)
            {
                yield return reason.PredictionId;
            }

            // The same bytes by the other door, which may be what was predicted.
            if ((await reader.TryReadAsync<UploadRecord>(Containers.Uploads, UploadStore.RecordName(id), cancellation)).Value is { BodyId: { } body })
            {
                yield return body;
            }
        }
        else if (!PredictionId.IsValid(id))
        {
            await foreach (var blob in store.ListAsync(Containers.Predictions, PredictionStore.IndexName(area, id, ""), cancellation))
            {
                yield return PredictionStore.IdOf(blob.Name);
            }
        }
        else if (await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, PredictionStore.RecordName(area, id), cancellation) is { } status)
        {
            string?[] names = [status.UploadId, status.Prediction?.UploadId, status.Prediction?.StudyUid];
            foreach (var name in names.OfType<string>())
            {
                yield return name;
            }
        }
    }

    // The plans that the events `retraining-planned` name: without these studies nobody could train the model again, or look into it.
    private async Task LearnAsync(CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Models, "", cancellation))
        {
            if (RetrainingBlobs.IsPlan(blob.Name) && (!_plans.TryGetValue(blob.Name, out var version) || version != blob.Version)
                && await store.TryReadJsonAsync<PlanDocument>(Containers.Models, blob.Name, cancellation) is { } plan)
            {
                _learned.UnionWith(plan.Groups.SelectMany(group => group.Cases.Select(planned => (group.Center, planned.Case.StudyUid))));
                _plans[blob.Name] = blob.Version;
            }
        }
    }
}
