using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>What must not be deleted, whatever the periods say: the audit trail has it, as events <c>kept</c> and <c>released</c>, and nothing else does.</summary>
public sealed class Holds(BlobStore store, AuditTrail trail)
{
    private const string Kept = "kept";
    private const string Released = "released";

    /// <summary>The holds of a center that stand, oldest first.</summary>
    public async Task<IReadOnlyList<Hold>> ListAsync(string center, CancellationToken cancellation = default)
    {
        var standing = new OrderedDictionary<HeldThing, Hold>();
        await foreach (var line in AuditSegments.EventsAsync(store, center, cancellation))
        {
            Apply(standing, line);
        }

        return [.. standing.Values];
    }

    /// <summary>Keeps a thing, and what was made of it or it was made of, until it is released.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>DecisionIncomplete</c>; <c>UnknownCenter</c>: the account has nothing of such a center; <c>HeldThingUnknown</c>: the center has no such thing.
    /// </exception>
    public async Task PlaceAsync(string center, HeldThing thing, string name, string reason, string actor)
    {
        ModelPromotions.RequireDecision(name, reason);
        await RequireKnownAsync(center, thing);
        await AppendAsync(Kept, center, thing, name, reason, actor);
    }

    /// <summary>Lets go of a thing.</summary>
    /// <exception cref="RadiomicsException"><c>DecisionIncomplete</c>; <c>NotHeld</c>: no hold on it stands.</exception>
    public async Task ReleaseAsync(string center, HeldThing thing, string name, string reason, string actor)
    {
        if (!(await ListAsync(center)).Any(hold => hold.Thing == thing))
        {
            throw new RadiomicsException("NotHeld", $"No hold on this {thing.Kind} stands. List the holds of the center.");
        }

        await AppendAsync(Released, center, thing, name, reason, actor);
    }

    /// <summary>A hold that keeps one of some things of a center, in whichever trail it stands; null if none does.</summary>
    /// <param name="center">The center that has the things.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<Hold?> TryFindAsync(string center, IReadOnlySet<string> ids, CancellationToken cancellation)
    {
        var ledger = new HoldLedger(store);
        await ledger.ReadAsync(cancellation);
        foreach (var (area, hold) in ledger.Held.Where(held => ids.Contains(held.Hold.Thing.Id)))
        {
            if (area == center || area == Containers.System || !await ledger.IsOfAsync(area, hold.Thing))
            {
                return hold;
            }
        }

        return null;
    }

    /// <summary>Whether an event places or releases a hold.</summary>
    internal static bool IsMove(AuditLine line) => line.Action is Kept or Released;

    /// <summary>Takes an event of a trail into account.</summary>
    internal static void Apply(OrderedDictionary<HeldThing, Hold> standing, AuditLine line)
    {
        if (IsMove(line) && ThingOf(line) is { } thing)
        {
            standing.Remove(thing);
            if (line.Action == Kept)
            {
                standing.Add(thing, new(thing, line.Time, line.Subjects.GetValueOrDefault("decidedBy", ""), line.Subjects.GetValueOrDefault("reason", "")));
            }
        }
    }

    // A hold on what isn't there would be believed to keep something: a center in other letters, an id with a digit lost.
    private async Task RequireKnownAsync(string center, HeldThing thing)
    {
        if (await IsStoredAsync(store, center, thing))
        {
            return;
        }

        var isTrail = false;
        await foreach (var line in AuditSegments.EventsAsync(store, center, default))
        {
            isTrail |= !IsMove(line);
            if (!IsMove(line) && line.Subjects.TryGetValue(thing.Kind, out var id) && id == thing.Id)
            {
                return;
            }
        }

        throw isTrail
            ? new RadiomicsException("HeldThingUnknown", $"Center {center} has no such {thing.Kind}: neither storage nor audit trail name it. Copy the id from a record or the audit trail.")
            : new RadiomicsException("UnknownCenter", "This account has nothing of a center of that name. Name it as the audit trail does, in upper and lower case.");
    }

    /// <summary>Whether a center has anything of a thing beside what its trail says.</summary>
    internal static async Task<bool> IsStoredAsync(BlobStore store, string center, HeldThing thing) => thing.Kind switch
    {
        "prediction" => await AnyAsync(store, Containers.Predictions, PredictionStore.RecordName(center, thing.Id)),
        "upload" => await AnyAsync(store, Containers.Quarantine, $"{center}/{thing.Id}/")
            || await store.TryReadJsonAsync<UploadRecord>(Containers.Uploads, $"{thing.Id}.json") is { } upload && upload.Center == center,
        _ => await AnyAsync(store, Containers.Studies, $"{center}/{thing.Id}/") || await AnyAsync(store, Containers.Features, $"{center}/{thing.Id}/")
            || await AnyAsync(store, Containers.Predictions, PredictionStore.IndexName(center, thing.Id, ""))
            || await store.ListAsync(Containers.Arrivals, $"{center}/", default).AnyAsync(blob => blob.Name.EndsWith($"/{thing.Id}.json", StringComparison.Ordinal)),
    };

    private static async Task<bool> AnyAsync(BlobStore store, string container, string prefix)
    {
        await store.EnsureContainersAsync();
        return await store.ListAsync(container, prefix, default).AnyAsync();
    }

    private Task AppendAsync(string action, string center, HeldThing thing, string name, string reason, string actor)
    {
        ModelPromotions.RequireDecision(name, reason);
        return trail.AppendAsync(new AuditEvent
        {
            Id = $"hold/{Guid.NewGuid():N}",
            Center = center,
            Actor = actor,
            Action = action,
            Subjects = new Dictionary<string, string> { [thing.Kind] = thing.Id, ["decidedBy"] = name.Trim(), ["reason"] = reason.Trim() },
        });
    }

    private static HeldThing? ThingOf(AuditLine line) =>
        HeldThing.Kinds.Where(line.Subjects.ContainsKey).Select(kind => new HeldThing(kind, line.Subjects[kind])).FirstOrDefault();
}
