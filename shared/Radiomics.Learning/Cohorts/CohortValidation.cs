namespace Radiomics.Learning;

/// <summary>What only all rows together can tell.</summary>
internal static class CohortValidation
{
    private const int FewPerClass = 20;

    /// <summary>Adds to the findings of reading and sums up.</summary>
    public static CohortReport Report(Cohort cohort, CohortLimits limits, CohortFindings findings)
    {
        CheckClasses(cohort, findings);
        CheckSplits(cohort, findings);
        CheckPatients(cohort, findings);
        CovariateSummary[] covariates = [.. cohort.Covariates.Select(covariate => Check(covariate, cohort, limits, findings))];
        return new CohortReport
        {
            Studies = cohort.Rows.Count,
            Patients = Patients(cohort.Rows),
            Positives = cohort.Rows.Count(row => row.Label),
            TestStudies = cohort.Rows.Any(row => row.Split is not null) ? cohort.Rows.Count(row => row.Split == CohortSplit.Test) : null,
            Covariates = covariates,
            Findings = findings.List(limits.MaxFindings),
        };
    }

    private static int Patients(IEnumerable<CohortRow> rows) => rows.Select(row => row.Patient ?? row.StudyUid).Distinct(StringComparer.Ordinal).Count();

    private static void CheckClasses(Cohort cohort, CohortFindings findings)
    {
        if (cohort.Rows.Count == 0)
        {
            findings.Error(0, "CohortEmpty", "There is no study that could be read.");
            return;
        }

        var (positives, negatives) = (cohort.Rows.Count(row => row.Label), cohort.Rows.Count(row => !row.Label));
        if (positives == 0 || negatives == 0)
        {
            findings.Error(0, "OneClassOnly", $"All studies have the label {(positives == 0 ? "0" : "1")}; there is nothing to tell apart.");
        }
        else if (Math.Min(positives, negatives) < FewPerClass)
        {
            findings.Warning(0, "FewPerClass", $"There are {positives} studies with the outcome and {negatives} without; below {FewPerClass} of each, results say little.");
        }
    }

    private static void CheckSplits(Cohort cohort, CohortFindings findings)
    {
        var rows = cohort.Rows;
        if (rows.All(row => row.Split is null))
        {
            return;
        }

        if (rows.FirstOrDefault(row => row.Split is null) is { } open)
        {
            findings.Warning(open.Line, "SplitMissing", $"{rows.Count(row => row.Split is null)} studies, the first of them here, have no split while others do; theirs are drawn.");
            return;
        }

        foreach (var split in (ReadOnlySpan<CohortSplit>)[CohortSplit.Train, CohortSplit.Test])
        {
            CohortRow[] part = [.. rows.Where(row => row.Split == split)];
            if (part.All(row => row.Label) || part.All(row => !row.Label))
            {
                var text = part.Length == 0
                    ? $"No study is in the {Name(split)} split."
                    : $"All studies of the {Name(split)} split have the label {(part[0].Label ? "1" : "0")}.";
                if (split == CohortSplit.Train)
                {
                    findings.Error(0, "OneClassOnly", text);
                }
                else
                {
                    findings.Warning(0, "TestOneClassOnly", $"{text} Nothing can be said about how well the model does there.");
                }
            }
        }
    }

    private static string Name(CohortSplit split) => split == CohortSplit.Train ? "training" : "test";

    private static void CheckPatients(Cohort cohort, CohortFindings findings)
    {
        foreach (var patient in cohort.Rows.Where(row => row.Patient is not null).GroupBy(row => row.Patient, StringComparer.Ordinal))
        {
            var first = patient.First();
            if (patient.FirstOrDefault(row => first.Split is not null && row.Split is not null && row.Split != first.Split) is { } other)
            {
                findings.Error(other.Line, "PatientInBothSplits", $"The patient of line {first.Line} is in the other split here. A model would be tested on whom it was trained on.");
            }

            if (patient.FirstOrDefault(row => row.Label != first.Label) is { } differing)
            {
                findings.Warning(differing.Line, "PatientLabelsDiffer", $"The patient of line {first.Line} has another label here.");
            }
        }

        if (cohort.Rows.Any(row => row.Patient is not null) && cohort.Rows.FirstOrDefault(row => row.Patient is null) is { } without)
        {
            findings.Warning(without.Line, "PatientMissing", $"{cohort.Rows.Count(row => row.Patient is null)} studies, the first of them here, name no patient while others do; each counts as a patient of its own.");
        }
    }

    private static CovariateSummary Check(CovariateDeclaration covariate, Cohort cohort, CohortLimits limits, CohortFindings findings)
    {
        string[] values = [.. cohort.Rows.Select(row => row.Covariates.GetValueOrDefault(covariate.Name)).OfType<string>()];
        var missing = cohort.Rows.Count - values.Length;
        var distinct = covariate.Type == CovariateType.Number
            ? values.Select(value => CohortRows.TryNumber(value, out var number) ? number : double.NaN).Distinct().Count()
            : values.Distinct(StringComparer.Ordinal).Count();
        if (missing > 0 && values.Length > 0)
        {
            findings.Warning(0, "CovariateMissing", $"'{covariate.Name}' is missing in {missing} of {cohort.Rows.Count} studies.");
        }

        if (distinct <= 1 && cohort.Rows.Count > 0)
        {
            findings.Warning(0, "CovariateConstant", values.Length == 0 ? $"'{covariate.Name}' has no value at all; it is left out." : $"'{covariate.Name}' is the same in all studies; it is left out.");
        }

        if (covariate.Type == CovariateType.Category && distinct > limits.MaxLevels)
        {
            findings.Error(0, "TooManyLevels", $"'{covariate.Name}' has {distinct} different values; a category has at most {limits.MaxLevels}. Group them, or declare it a number. Free text doesn't belong in a cohort.");
        }

        return new(covariate.Name, covariate.Type, covariate.Unit, missing, covariate.Type == CovariateType.Category ? distinct : null);
    }
}
