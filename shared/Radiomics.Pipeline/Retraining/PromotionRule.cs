using System.Globalization;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>
/// Compares a trained model with the current one on held-out patients: cases of the test split whose study, and whose patient, neither package was trained on, one study a
/// patient, with features for both.
/// </summary>
internal sealed class PromotionRule(FeatureStore features, PromotionSettings settings, PlannedGroup group, IReadOnlyDictionary<string, string> patients)
{
    /// <summary>Decides.</summary>
    /// <param name="candidate">The trained model.</param>
    /// <param name="incumbent">The current one; null if there is none.</param>
    public async Task<Verdict> DecideAsync(ModelPackage candidate, ModelPackage? incumbent)
    {
        if (incumbent is not null && (incumbent.SettingsHash != candidate.SettingsHash || incumbent.EngineVersion != candidate.EngineVersion))
        {
            return new(
                false,
                "IncumbentNotComparable",
                $"The current model {incumbent.Version} reads features of other extraction settings or another engine, so the two can't be scored on the same patients; a person may decide.",
                NeedsApproval: true);
        }

        var scored = await ScoreAsync(candidate, incumbent);
        var (positives, negatives) = (scored.Count(s => s.Label), scored.Count(s => !s.Label));
        var comparison = new PromotionComparison { Incumbent = incumbent?.Version, Positives = positives, Negatives = negatives };
        var seen = $"{positives} held-out patients with and {negatives} without the outcome, none of whom {(incumbent is null ? "it" : "either model")} was trained on";
        if (Math.Min(positives, negatives) < settings.MinPatients)
        {
            return new(false, "TooFewHeldOut", $"There are {seen}; the rule asks for at least {settings.MinPatients} of each.", Comparison: comparison);
        }

        bool[] labels = [.. scored.Select(s => s.Label)];
        double[] own = [.. scored.Select(s => s.Candidate)];
        comparison = comparison with { CandidateAuc = DeLong.Auc(own, labels).Auc, CandidateInterval = DeLong.Interval(own, labels) };
        return incumbent is null ? AgainstChance(comparison, seen) : AgainstIncumbent(comparison, seen, own, [.. scored.Select(s => s.Incumbent)], labels);
    }

    private static Verdict AgainstChance(PromotionComparison comparison, string seen)
    {
        var better = comparison.CandidateInterval!.Low > 0.5;
        return new(
            better,
            better ? "BetterThanChance" : "NotBetterThanChance",
            $"There is no current model. On {seen}, the AUC is {Number(comparison.CandidateAuc)} (95 % CI {Number(comparison.CandidateInterval.Low)} to {Number(comparison.CandidateInterval.High)}), "
                + (better ? "which is better than chance." : "which may be chance."),
            Comparison: comparison);
    }

    private Verdict AgainstIncumbent(PromotionComparison comparison, string seen, double[] candidate, double[] incumbent, bool[] labels)
    {
        var p = DeLong.Paired(candidate, incumbent, labels).OneSidedP;
        comparison = comparison with { IncumbentAuc = DeLong.Auc(incumbent, labels).Auc, P = p };
        var better = p < settings.Alpha;
        return new(
            better,
            better ? "BetterThanIncumbent" : "NotBetter",
            $"On {seen}, the AUC is {Number(comparison.CandidateAuc)}, that of the current model {comparison.Incumbent} {Number(comparison.IncumbentAuc)} "
                + $"(paired DeLong, one-sided p = {p.ToString("0.####", CultureInfo.InvariantCulture)}); the rule asks for p < {settings.Alpha.ToString(CultureInfo.InvariantCulture)}.",
            Comparison: comparison);
    }

    private async Task<List<Scored>> ScoreAsync(ModelPackage candidate, ModelPackage? incumbent)
    {
        var trainedOn = candidate.TrainingStudies.Concat(incumbent?.TrainingStudies ?? new HashSet<string>()).ToHashSet(StringComparer.Ordinal);
        var known = trainedOn.Select(study => patients.GetValueOrDefault(study)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        List<Scored> scored = [];
        var held = group.Cases.Where(planned => planned.Case.Split == CohortSplit.Test && !trainedOn.Contains(planned.Case.StudyUid) && !known.Contains(planned.Case.Patient));
        foreach (var patient in held.GroupBy(planned => planned.Case.Patient, StringComparer.Ordinal).OrderBy(patient => patient.Key, StringComparer.Ordinal))
        {
            foreach (var planned in patient.OrderBy(planned => planned.Case.StudyUid, StringComparer.Ordinal))
            {
                if (await ScoreAsync(planned, candidate) is { } own && (incumbent is null ? 0 : await ScoreAsync(planned, incumbent)) is { } other)
                {
                    scored.Add(new(planned.Case.Label, own, other));
                    break;
                }
            }
        }

        return scored;
    }

    private async Task<double?> ScoreAsync(PlannedCase planned, ModelPackage model) =>
        planned.Sequences.GetValueOrDefault(model.Sequence) is { } sequence && await features.TryReadAsync(sequence.Features) is { } stored
            ? model.Score(stored.Vector).Probability
            : null;

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "none";

    private sealed record Scored(bool Label, double Candidate, double Incumbent);
}

/// <summary>Whether a trained model is to become the current one.</summary>
internal sealed record Verdict(bool Promote, string Code, string Reason, bool NeedsApproval = false, PromotionComparison? Comparison = null);
