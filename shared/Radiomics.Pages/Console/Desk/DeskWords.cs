using System.Globalization;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Console.Desk;

/// <summary>How the pages about models, retrainings, quarantine and audit name things for people.</summary>
public static class DeskWords
{
    /// <summary>A moment, to the minute, in UTC.</summary>
    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A number with three decimals; a dash for none.</summary>
    public static string Three(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A p value.</summary>
    public static string P(double? value) => value switch
    {
        null => "–",
        < 0.001 => "< 0.001",
        _ => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary>An interval.</summary>
    public static string Of(Interval interval) => $"{Three(interval.Low)} to {Three(interval.High)}";

    /// <summary>A count with thousands set apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A size in bytes.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>A field strength: <c>3.0T</c> with the space that a unit has.</summary>
    public static string Field(string fieldStrength) => fieldStrength.EndsWith('T') ? $"{fieldStrength[..^1]} T" : fieldStrength;

    /// <summary>A learner.</summary>
    public static string Name(Learner learner) => learner switch
    {
        Learner.LogisticRegression => "logistic regression",
        Learner.LightGbm => "gradient boosting",
        _ => "random forest",
    };

    /// <summary>What a model reads.</summary>
    public static string Name(FeatureSet features) => features switch
    {
        FeatureSet.Radiomics => "radiomics",
        FeatureSet.Clinical => "clinical data",
        _ => "radiomics and clinical data",
    };

    /// <summary>How a model became the current one.</summary>
    public static string How(PromotedModel model) => model.PromotedBy switch
    {
        "approval" => $"Approved by {model.DecidedBy ?? "a person"}",
        "rollback" => $"Put back by {model.DecidedBy ?? "a person"}",
        "rule" => "Promoted by the rule: better on held-out patients",
        "demonstration" => "Ships with the service",
        var other => other,
    };

    /// <summary>Why it did; null for what ships with the app.</summary>
    public static string? Why(PromotedModel model) => string.IsNullOrWhiteSpace(model.Reason) ? null : model.Reason;

    /// <summary>A state of a retraining, and the look of its badge.</summary>
    public static (string Word, string Look) Of(RetrainingState state) => state switch
    {
        RetrainingState.Queued => ("queued", "busy"),
        RetrainingState.Running => ("running", "busy"),
        RetrainingState.WaitingForApproval => ("waits for a decision", "busy"),
        RetrainingState.Succeeded => ("done", "good"),
        _ => ("failed", "bad"),
    };

    /// <summary>A phase of a retraining, as what is being done in it.</summary>
    public static string Of(RetrainingPhase phase) => phase switch
    {
        RetrainingPhase.Queued => "Waits for its turn",
        RetrainingPhase.Planning => "Matches the cohort with the studies",
        RetrainingPhase.Extracting => "Extracts features that aren't there yet",
        RetrainingPhase.Measuring => "Measures how stable the features are",
        RetrainingPhase.Training => "Trains the candidates",
        RetrainingPhase.Selecting => "Chooses the winner, tests it once on held-out cases",
        RetrainingPhase.Promoting => "Promotes it, or waits for a decision",
        _ => "Writes the record",
    };

    /// <summary>How an upload in quarantine stands, and the look of its badge.</summary>
    public static (string Word, string Look) Of(QuarantineState state) => state switch
    {
        QuarantineState.Open => ("open", "bad"),
        QuarantineState.Resubmitted => ("sent again", "busy"),
        _ => ("resolved", "good"),
    };

    /// <summary>What can be done about an upload in quarantine.</summary>
    public static string Of(QuarantineRemedy remedy) => remedy switch
    {
        QuarantineRemedy.SendAgain => "Ask its sender for the study again, as the sentence above says.",
        QuarantineRemedy.Resubmit => "Send it again as it is, once what stood in the way has been put right.",
        QuarantineRemedy.OtherCenter => "Send it again for the center that was meant.",
        QuarantineRemedy.ReplaceRegion => "Send it again with a region of interest that was drawn since.",
        QuarantineRemedy.ChooseSeries => "Send it again without the series that aren't to be used.",
        QuarantineRemedy.DropBroken => "Send it again without the files that can't be read.",
        _ => "Send it again with the scanner's field strength, which the images don't say.",
    };

    /// <summary>An action of the audit in words: <c>model-promoted</c> as “Model promoted”.</summary>
    public static string Action(string action) => action.Length == 0 ? action : char.ToUpperInvariant(action[0]) + action[1..].Replace('-', ' ');

    /// <summary>A member's name in words: <c>fieldStrength</c> as “field strength”.</summary>
    public static string Member(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary>The beginning of a long id, for tables; the whole of a short one.</summary>
    public static string Short(string id) => id.Length > 14 ? id[..12] + "…" : id;
}
