namespace Radiomics.Pipeline;

/// <summary>Which events of a trail somebody wants to see.</summary>
public sealed record AuditQuery
{
    /// <summary>What was done; null: anything.</summary>
    public string? Action { get; init; }

    /// <summary>Who did it; null: anybody.</summary>
    public string? Actor { get; init; }

    /// <summary>An id that it was done to, of whatever kind, or the digest of something; null: anything.</summary>
    public string? Subject { get; init; }

    /// <summary>From when on, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>Before when, UTC.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Whether what was only read is left out. Where <see cref="Action"/> asks for it, it never is.</summary>
    public bool WithoutReads { get; init; }

    /// <summary>Where to go on: the <see cref="AuditPage.Next"/> of the page before; null: at the newest event.</summary>
    public string? After { get; init; }

    /// <summary>Whether an event is one of those that are wanted, its time apart.</summary>
    internal bool Wants(AuditLine line) =>
        (Action is null ? !WithoutReads || line.Action != "read" : line.Action == Action)
        && (Actor is null || line.Actor == Actor)
        && (Subject is null || line.Id == Subject || line.Subjects.Values.Any(IsSubject) || line.Digests.Values.Contains(Subject));

    // One event names all that somebody read in a minute.
    private bool IsSubject(string ids) => ids == Subject || (ids.Contains(' ') && ids.Split(' ').Contains(Subject));
}
