using System.Text.Json.Serialization;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>What somebody asks for: the body of <c>POST …/retrainings</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RetrainingOrder
{
    private const int MaxPooled = 20;
    private const int MaxText = 500;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(90);

    /// <summary>Name of one of the center's cohorts.</summary>
    public string? Cohort { get; init; }

    /// <summary>Field strengths to train for; none: all that the cohort's studies have.</summary>
    public IReadOnlyList<string> FieldStrengths { get; init; } = [];

    /// <summary>Cohorts that the winner is compared across scanners with, as <c>{center}/{name}</c>.</summary>
    public IReadOnlyList<string> Pool { get; init; } = [];

    /// <summary>What the label 1 means, for cards and reports; null: said in general words.</summary>
    public string? Outcome { get; init; }

    /// <summary>What the models are meant for, for cards; null: research.</summary>
    public string? IntendedUse { get; init; }

    /// <summary>The learning protocol.</summary>
    public ProtocolSettings Protocol { get; init; } = new();

    /// <summary>What it takes to become the current model.</summary>
    public PromotionSettings Promotion { get; init; } = new();

    /// <summary>The two parts of a pooled cohort's name.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidRequest</c>.</exception>
    public static (string Center, string Name) SplitPooled(string pooled) =>
        pooled.Split('/') is [var center, var name] && CohortStore.IsValidName(name)
            ? (center, name)
            : throw Invalid("'pool' must hold names like \"B/cohort-2025\": a center and one of its cohorts.");

    /// <summary>Checks everything that can be told without reading the cohort.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidRequest</c>, <c>CenterHasNoModels</c>, <c>InvalidProtocol</c>.</exception>
    public void Check(CenterProfile profile)
    {
        if (Cohort is null || !CohortStore.IsValidName(Cohort))
        {
            throw Invalid("'cohort' must name a cohort of this center, e.g. \"cohort-2025\".");
        }

        if (FieldStrengths is null || Pool is null || Protocol is null || Promotion is null)
        {
            throw Invalid("'fieldStrengths', 'pool', 'protocol' and 'promotion' may be left out, but not null.");
        }

        if (profile.Models.Count == 0)
        {
            throw new RadiomicsException("CenterHasNoModels", $"Center {profile.Center} wants features only: its profile names no field strength to train models for.");
        }

        if (FieldStrengths.FirstOrDefault(fieldStrength => !profile.Models.ContainsKey(fieldStrength ?? "")) is not null)
        {
            throw Invalid($"'fieldStrengths' may hold {string.Join(" and ", profile.Models.Keys.Order(StringComparer.Ordinal))}, each once.");
        }

        if (FieldStrengths.Contains(null) || FieldStrengths.Distinct().Count() != FieldStrengths.Count || Pool.Contains(null) || Pool.Distinct().Count() != Pool.Count)
        {
            throw Invalid("'fieldStrengths' and 'pool' name each thing once.");
        }

        if (Pool.Count > MaxPooled)
        {
            throw Invalid($"'pool' may hold {MaxPooled} cohorts at most.");
        }

        foreach (var pooled in Pool)
        {
            SplitPooled(pooled);
        }

        if (Promotion.Alpha is not (> 0 and < 1) || Promotion.MinPatients < 2 || Promotion.ApprovalTimeout <= TimeSpan.Zero || Promotion.ApprovalTimeout > s_longestWait)
        {
            throw Invalid("'promotion' needs an alpha between 0 and 1, minPatients of at least 2 and an approvalTimeout of at most 90 days, like \"14.00:00:00\".");
        }

        if (new[] { Outcome, IntendedUse }.Any(text => text is not null && (string.IsNullOrWhiteSpace(text) || text.Length > MaxText || text.Any(char.IsControl))))
        {
            throw Invalid($"'outcome' and 'intendedUse' are sentences for cards, on one line of at most {MaxText} characters each.");
        }

        ProtocolCheck.Require(Protocol);
    }

    private static RadiomicsException Invalid(string detail) => new("InvalidRequest", detail);
}
