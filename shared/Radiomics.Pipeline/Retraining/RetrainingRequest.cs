using System.Text.Json.Serialization;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Input of the orchestration <c>RetrainCenter</c>: what to learn from, and how. Ids and settings only.</summary>
public sealed record RetrainingRequest
{
    /// <summary>The retraining, which is the instance; a <see cref="RetrainingId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Center whose models are trained; its profile is there.</summary>
    public required string Center { get; init; }

    /// <summary>The cohort's blob in <c>cohorts</c>: <c>{center}/{name}.csv</c>.</summary>
    public required string Cohort { get; init; }

    /// <summary>Digest of the cohort when the retraining was asked for; <see cref="CohortStore"/> keeps that content whatever lies under the name later.</summary>
    public required string CohortSha256 { get; init; }

    /// <summary>Field strengths to train for; empty: all that the cohort's studies have.</summary>
    public IReadOnlyList<string> FieldStrengths { get; init; } = [];

    /// <summary>Cohorts that the winner is compared across scanners with, as <c>{center}/{name}</c>.</summary>
    public IReadOnlyList<string> Pool { get; init; } = [];

    /// <summary>What the label 1 means, for cards and reports.</summary>
    public string Outcome { get; init; } = "Outcome that the cohort's label names";

    /// <summary>What the models are meant for, for cards.</summary>
    public string IntendedUse { get; init; } = "Research on liver iron prognosis from MRI after stem-cell transplantation in thalassemia.";

    /// <summary>The learning protocol.</summary>
    public ProtocolSettings Protocol { get; init; } = new();

    /// <summary>What it takes to become the current model.</summary>
    public PromotionSettings Promotion { get; init; } = new();

    /// <summary>
    /// Of a retraining that an Idempotency-Key stands for: what was ordered (<see cref="RetrainingId.OfRequest"/> of order and cohorts), so that another order under that key is told apart.
    /// Else null and not written: the id says it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Order { get; init; }

    /// <summary>Who asked, for the audit.</summary>
    public required string Actor { get; init; }

    /// <summary>Empty at first; tells the audit events of a restart after a fault from those before it.</summary>
    public string Run { get; init; } = "";

    /// <summary>Whether it waits for its turn; null in one that was begun by a version that knew none, and goes on as it began.</summary>
    public bool? TakesTurns { get; init; }

    /// <summary>Id of the audit event of a step.</summary>
    public string EventId(string step) => Run.Length == 0 ? $"{Id}/{step}" : $"{Id}+{Run}/{step}";
}
