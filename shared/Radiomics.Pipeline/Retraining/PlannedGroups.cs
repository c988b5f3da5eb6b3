using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Sorts a cohort's studies into groups, and says which can be trained on.</summary>
internal static class PlannedGroups
{
    /// <summary>What isn't there, by line.</summary>
    public static IEnumerable<CohortFinding> Findings(IReadOnlyList<LocatedStudy> studies, string prefix)
    {
        foreach (var study in studies.Where(study => study.Manifest?.FieldStrength is null))
        {
            var finding = study.Manifest is null
                ? CohortStore.Missing(study.Row.Line)
                : new(study.Row.Line, "FieldStrengthUnknown", FindingSeverity.Warning, "This study names no field strength that its center's profile knows; it is left out.");
            yield return finding with { Text = prefix + finding.Text };
        }
    }

    /// <summary>The studies of a center by field strength, with their splits.</summary>
    public static IEnumerable<PlannedGroup> Of(string center, IReadOnlyList<LocatedStudy> studies, ProtocolSettings protocol)
    {
        foreach (var group in studies.Where(study => study.Manifest?.FieldStrength is not null).GroupBy(study => study.Manifest!.FieldStrength!).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            LocatedStudy[] members = [.. group.OrderBy(study => study.Row.StudyUid, StringComparer.Ordinal)];
            var cases = HoldoutSplit.Assign(
                [.. members.Select(study => Case(study.Row, $"{center}/{group.Key}"))],
                [.. members.Select(study => study.Row.Split)],
                protocol.TestShare,
                protocol.Seed);
            yield return new PlannedGroup
            {
                Center = center,
                FieldStrength = group.Key,
                Trained = false,
                Sequences = [.. members.SelectMany(study => study.Sequences.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Cases = [.. members.Select((study, i) => new PlannedCase { Line = study.Row.Line, Case = cases[i], Covariates = study.Covariates, Sequences = study.Sequences })],
            };
        }
    }

    /// <summary>The groups that are trained on, then those they are compared with; each with the sequences that are needed.</summary>
    /// <exception cref="RadiomicsException"><c>CohortTooSmall</c>: nothing can be trained on.</exception>
    public static List<PlannedGroup> Choose(List<PlannedGroup> all, RetrainingRequest request, List<CohortFinding> findings)
    {
        var (needed, own) = (request.Protocol.OuterFolds, all.Where(group => Asked(group, request)).ToList());
        List<PlannedGroup> trained = [];
        foreach (var group in own)
        {
            string[] enough = [.. group.Sequences.Where(sequence => Enough(group, sequence, needed))];
            findings.AddRange(group.Sequences.Except(enough).Select(sequence => new CohortFinding(
                0,
                "SequenceTooRare",
                FindingSeverity.Warning,
                $"At {group.FieldStrength} fewer than {needed} training patients of each class have {sequence}; it is left out.")));
            if (enough.Length > 0)
            {
                trained.Add(group with { Trained = true, Sequences = enough });
            }
        }

        if (trained.Count == 0)
        {
            throw new RadiomicsException(
                "CohortTooSmall",
                $"No model can be trained: at no field strength are there at least {needed} training patients of each class with one sequence. "
                + $"{findings.Count(finding => finding.Code == "StudyMissing")} studies of the cohort haven't been uploaded"
                + (own.Count == 0 ? "" : $"; those that have: {string.Join(", ", own.Select(group => $"{group.Cases.Count} at {group.FieldStrength}"))}") + ".");
        }

        var sequences = trained.SelectMany(group => group.Sequences).ToHashSet(StringComparer.Ordinal);
        var others = request.Protocol.ComparePooled ? all.Except(own.Where(group => trained.Any(t => t.FieldStrength == group.FieldStrength))) : [];
        return [.. trained, .. others.Select(group => group with { Sequences = [.. group.Sequences.Where(sequences.Contains)] }).Where(group => group.Sequences.Count > 0)];
    }

    private static bool Asked(PlannedGroup group, RetrainingRequest request) =>
        group.Center == request.Center && group.Cases.Count > 0 && (request.FieldStrengths.Count == 0 || request.FieldStrengths.Contains(group.FieldStrength));

    private static bool Enough(PlannedGroup group, string sequence, int needed)
    {
        LearningCase[] cases = [.. group.Cases.Where(planned => planned.Sequences.ContainsKey(sequence) && planned.Case.Split == CohortSplit.Train).Select(planned => planned.Case)];
        return Patients(positive: true) >= needed && Patients(positive: false) >= needed;

        int Patients(bool positive) => cases.Where(c => c.Label == positive).Select(c => c.Patient).Distinct(StringComparer.Ordinal).Count();
    }

    private static LearningCase Case(CohortRow row, string batch) => new()
    {
        StudyUid = row.StudyUid,
        Patient = row.Patient ?? row.StudyUid,
        Label = row.Label,
        Batch = batch,
        Split = row.Split ?? CohortSplit.Train,
    };
}

/// <summary>A row of a cohort and what there is of its study.</summary>
/// <param name="Row">The row.</param>
/// <param name="Manifest">The newest manifest; null if the study isn't there.</param>
/// <param name="Covariates">Covariates by column.</param>
/// <param name="Sequences">What there is, by sequence.</param>
internal sealed record LocatedStudy(
    CohortRow Row,
    StudyManifest? Manifest,
    IReadOnlyDictionary<string, double?> Covariates,
    IReadOnlyDictionary<string, PlannedSequence> Sequences);
