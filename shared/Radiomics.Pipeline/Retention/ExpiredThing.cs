namespace Radiomics.Pipeline;

/// <summary>Something that is older than its period and is deleted whole, unless something keeps it (<see cref="KeptThings"/>).</summary>
internal sealed record ExpiredThing
{
    /// <summary>Which period it is: the name in <see cref="RetentionPeriods"/>.</summary>
    public required string Period { get; init; }

    /// <summary>Center in whose audit trail that stands.</summary>
    public required string Area { get; init; }

    /// <summary>What the audit trail calls it; never a name that a hospital gave.</summary>
    public required string Id { get; init; }

    /// <summary>The container of its blobs.</summary>
    public required string Container { get; init; }

    /// <summary>Its blobs in the order in which they go, so that what is left of it, should the run die, is found by the next.</summary>
    public required IReadOnlyList<FoundBlob> Blobs { get; init; }

    /// <summary>Ids of uploads, predictions, studies and instances: it stays as long as one of them is held or being worked on.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>Mapped UID of the study that it is made of, which a step may be about to read and a retraining may have used; null of anything else.</summary>
    public string? Study { get; init; }

    /// <summary>Instances whose histories go first, since they would say that the thing is there.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];
}
