using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Service;

/// <summary>How the service is, as far as a center may know.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> or <c>broken</c>.</param>
/// <param name="Checks">What was looked at.</param>
/// <param name="Lines">Who of the center is at work, and who waits.</param>
/// <param name="Versions">What runs, by name.</param>
/// <param name="Time">When it was looked at, UTC.</param>
public sealed record ServiceView(string Status, IReadOnlyList<ServiceCheck> Checks, IReadOnlyList<ServiceLine> Lines, IReadOnlyList<(string Name, string Version)> Versions, DateTime Time);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">As <c>/api/health/ready</c> names it.</param>
/// <param name="Status"><c>ok</c>, <c>degraded</c> or <c>broken</c>.</param>
/// <param name="Detail">What is wrong, in a sentence; null if nothing is, or the log has it.</param>
public sealed record ServiceCheck(string Name, string Status, string? Detail);

/// <summary>Work of a kind.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="AtWork">The center's that are at work, the longest first.</param>
/// <param name="Waiting">The center's that wait, the next one first.</param>
public sealed record ServiceLine(TurnKind Kind, IReadOnlyList<TurnEntry> AtWork, IReadOnlyList<TurnEntry> Waiting);
