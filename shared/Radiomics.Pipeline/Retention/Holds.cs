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
            if (line.Action is Kept or Released && ThingOf(line) is { } thing)
            {
                standing.Remove(thing);
                if (line.Action == Kept)
                {
                    standing.Add(thing, new(thing, line.Time, line.Subjects["decidedBy"], line.Subjects["reason"]));
                }
            }
        }

        return [.. standing.Values];
    }

    /// <summary>Keeps a thing, and what was made of it or it was made of, until it is released.</summary>
    /// <exception cref="RadiomicsException"><c>DecisionIncomplete</c>.</exception>
    public Task PlaceAsync(string center, HeldThing thing, string name, string reason, string actor) => AppendAsync(Kept, center, thing, name, reason, actor);

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
