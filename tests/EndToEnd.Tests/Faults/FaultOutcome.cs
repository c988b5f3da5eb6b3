using System.Globalization;

namespace EndToEnd.Tests.Faults;

/// <summary>What a schedule came to.</summary>
internal sealed record FaultOutcome
{
    public const string Header = """
        | seed | faults | requests hit | events, of these stale | time made to pass | uploads | sent again | poison, explained | hosts, storage that ended by themselves | messages that outlived their work | seconds | as if nothing had happened |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """;

    public required FaultSchedule Schedule { get; init; }

    public required AccountContents Contents { get; init; }

    /// <summary>The audit events of its predictions, by center.</summary>
    public required IReadOnlyList<string> AuditSteps { get; init; }

    /// <summary>What isn't as it should be; none, as a rule.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Blobs of the product's that were written.</summary>
    public required int Writes { get; init; }

    /// <summary>How long at most nothing moved before something did.</summary>
    public required TimeSpan LongestPause { get; init; }

    /// <summary>To how many requests each fault of requests happened.</summary>
    public required IReadOnlyList<(FaultKind Kind, int Hit)> Hits { get; init; }

    public required int Uploads { get; init; }

    /// <summary>How many ended with a fault of the service first, and were sent again.</summary>
    public required int SentAgain { get; init; }

    /// <summary>Events that hosts took from the harness, besides those of their own watchers.</summary>
    public required int Delivered { get; init; }

    public required int Stale { get; init; }

    /// <summary>Messages that were given up, of uploads whose outcome is recorded.</summary>
    public required int Poison { get; init; }

    public required int HostsEnded { get; init; }

    /// <summary>Whether disks were small enough to be filled.</summary>
    public required bool DisksWereFull { get; init; }

    /// <summary>How often the hosts had to be started anew for messages of work that was done to go away.</summary>
    public required int Leftover { get; init; }

    public required bool StorageEnded { get; init; }

    /// <summary>Waiting that was saved by moving all clocks.</summary>
    public required TimeSpan Passed { get; init; }

    public required TimeSpan Time { get; init; }

    /// <summary>Where its logs and its storage lie, if it failed.</summary>
    public string? Logs { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Schedule.Seed} | {string.Join(", ", Schedule.Steps.Select(step => step.Kind))} | {Hits.Sum(hit => hit.Hit)} | {Delivered}, {Stale} | {Passed.TotalSeconds:F0} s | {Uploads} | {SentAgain} | {Poison} | {HostsEnded}, {(StorageEnded ? 1 : 0)} | {Leftover} | {Time.TotalSeconds:F0} | {(Findings.Count == 0 ? "yes" : "NO")} |");
}
