namespace Radiomics.Pipeline;

/// <summary>What walking a center's whole chain found.</summary>
/// <param name="Center">The center, or <c>_system</c>.</param>
/// <param name="Intact">Whether every event is as it was written and in its place.</param>
/// <param name="Events">Events up to the break, or all.</param>
/// <param name="BrokenAt">The first break; null if intact.</param>
public sealed record AuditVerification(string Center, bool Intact, int Events, AuditBreak? BrokenAt);

/// <summary>Where a chain breaks.</summary>
/// <param name="Blob">Segment inside the container <c>audit</c>.</param>
/// <param name="Line">Line of the segment, from 1; the line after the last one if something is missing there.</param>
/// <param name="Reason"><c>hash mismatch</c>, <c>chain broken</c>, <c>missing segment</c>, <c>duplicate id</c> (of another event), <c>truncated tail</c> or <c>not an event</c>.</param>
public sealed record AuditBreak(string Blob, int Line, string Reason);
