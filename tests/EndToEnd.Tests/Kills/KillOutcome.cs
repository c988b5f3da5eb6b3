using System.Globalization;

namespace EndToEnd.Tests.Kills;

/// <summary>What a kill did to a study, as a row of the table.</summary>
internal sealed record KillOutcome
{
    public const string Header = """
        | kind | phase | ms after the upload | last step seen | taken up after | succeeded after | same prediction | each result once | audit once, intact |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """;

    public required Kill Kill { get; init; }

    /// <summary>From the end of the upload to the kill.</summary>
    public required TimeSpan Moment { get; init; }

    /// <summary>The last event of the history before the kill.</summary>
    public required string LastStep { get; init; }

    /// <summary>From the kill to the next event of the history.</summary>
    public required TimeSpan TakenUp { get; init; }

    /// <summary>From the kill to the end of the orchestration.</summary>
    public required TimeSpan Succeeded { get; init; }

    /// <summary>One prediction, with the probability of the undisturbed run.</summary>
    public required bool SamePrediction { get; init; }

    /// <summary>The history holds one result of each activity.</summary>
    public required bool EachResultOnce { get; init; }

    /// <summary>One event of each step, in an unbroken chain.</summary>
    public required bool AuditIntact { get; init; }

    public bool LeftNoTrace => SamePrediction && EachResultOnce && AuditIntact;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Kill.Victim} | {Kill.Phase.Name} | {Moment.TotalMilliseconds:F0} | {LastStep} | {TakenUp.TotalSeconds:F1} s | {Succeeded.TotalSeconds:F1} s | {Word(SamePrediction)} | {Word(EachResultOnce)} | {Word(AuditIntact)} |");

    private static string Word(bool holds) => holds ? "yes" : "NO";
}
