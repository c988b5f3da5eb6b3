namespace Radiomics.Pipeline;

/// <summary>Some events of a trail, the newest first.</summary>
/// <param name="Events">The events.</param>
/// <param name="Next">Where older ones are looked for; null if there are none.</param>
/// <param name="Until">The time down to which was looked; null if nothing was.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Events, string? Next, DateTime? Until);

/// <summary>An event as it stands in a trail.</summary>
public sealed record AuditEntry
{
    /// <summary>Blob of its segment in <c>audit</c>.</summary>
    public required string Segment { get; init; }

    /// <summary>Its line there, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>The event.</summary>
    public required AuditEvent Event { get; init; }

    /// <summary>Its hash, which the next one repeats.</summary>
    public string? Hash { get; init; }

    /// <summary>Whether it has the hash that it must have. Whether it is in its place, verifying the whole trail says.</summary>
    public required bool HasItsHash { get; init; }
}
