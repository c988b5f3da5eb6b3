namespace Radiomics.Pipeline;

/// <summary>An event of the audit trail as it stands there.</summary>
/// <param name="Id">Instance and step.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What.</param>
/// <param name="Subjects">To what: ids by kind.</param>
/// <param name="Digests">SHA-256 by what it is of.</param>
/// <param name="IsIntact">Whether it has the hash that it says; whether the chain around it holds, <see cref="AuditInspection"/> tells.</param>
public sealed record TrailEvent(
    string Id, DateTime Time, string Actor, string Action, IReadOnlyDictionary<string, string> Subjects, IReadOnlyDictionary<string, string> Digests, bool IsIntact);

/// <summary>What the trail has about a prediction, as far as it was looked for.</summary>
/// <param name="Events">The events, in their order.</param>
/// <param name="HasBeginning">Whether that with which it began is among them: where it isn't, earlier ones lie further back than was looked.</param>
/// <param name="HasEnd">Whether it was looked to the end of the trail: where not, later ones may tell of it, too.</param>
public sealed record PredictionEvents(IReadOnlyList<TrailEvent> Events, bool HasBeginning, bool HasEnd);
