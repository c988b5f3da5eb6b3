namespace Radiomics.Learning;

/// <summary>Divides a cohort into the training split and the test split that only a winner is ever scored on.</summary>
public static class HoldoutSplit
{
    /// <summary>
    /// The cases with their splits. Where any case is in the test split the cohort has named its own, which stays; else see
    /// <see cref="Assign(IReadOnlyList{LearningCase}, IReadOnlyList{CohortSplit?}, double, int)"/>.
    /// </summary>
    public static IReadOnlyList<LearningCase> Assign(IReadOnlyList<LearningCase> cases, double testShare, int seed) =>
        cases.Any(c => c.Split == CohortSplit.Test) ? cases : Assign(cases, new CohortSplit?[cases.Count], testShare, seed);

    /// <summary>
    /// The cases with their splits: those <paramref name="given"/> by the cohort stay (a patient's other cases follow), and of the patients without, per
    /// class, <paramref name="testShare"/> (rounded, at least one, never all) are drawn for the test split. The order of the cases plays no part.
    /// </summary>
    public static IReadOnlyList<LearningCase> Assign(IReadOnlyList<LearningCase> cases, IReadOnlyList<CohortSplit?> given, double testShare, int seed)
    {
        var splits = new CohortSplit[cases.Count];
        var random = new Random(seed);
        var patients = PatientGroup.Of(cases);
        foreach (var positive in (ReadOnlySpan<bool>)[true, false])
        {
            var open = new List<PatientGroup>();
            foreach (var patient in patients.Where(patient => patient.Positive == positive))
            {
                if (patient.Cases.Select(i => given[i]).FirstOrDefault(split => split is not null) is { } named)
                {
                    Put(patient, named);
                }
                else
                {
                    open.Add(patient);
                }
            }

            PatientGroup[] drawn = [.. open];
            random.Shuffle(drawn);
            var held = testShare > 0 && drawn.Length > 1
                ? Math.Clamp((int)Math.Round(testShare * drawn.Length, MidpointRounding.AwayFromZero), 1, drawn.Length - 1)
                : 0;
            for (var i = 0; i < drawn.Length; i++)
            {
                Put(drawn[i], i < held ? CohortSplit.Test : CohortSplit.Train);
            }
        }

        return [.. cases.Select((c, i) => c with { Split = splits[i] })];

        void Put(PatientGroup patient, CohortSplit split)
        {
            foreach (var i in patient.Cases)
            {
                splits[i] = given[i] ?? split;
            }
        }
    }
}
