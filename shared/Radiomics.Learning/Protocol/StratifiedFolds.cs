namespace Radiomics.Learning;

/// <summary>Folds of a cross-validation: stratified by label, a patient's cases together, the same for the same patients in whatever order.</summary>
internal static class StratifiedFolds
{
    /// <summary>
    /// A fold in [0, <paramref name="folds"/>) for each case. Each class's patients are shuffled and given one after another (those with most cases first)
    /// to the fold that has the fewest cases of the class, then the fewest cases.
    /// </summary>
    public static int[] Assign(IReadOnlyList<LearningCase> cases, int folds, int seed)
    {
        var assigned = new int[cases.Count];
        var total = new int[folds];
        var ofClass = new int[folds];
        var random = new Random(seed);
        var patients = PatientGroup.Of(cases);
        foreach (var positive in (ReadOnlySpan<bool>)[true, false])
        {
            PatientGroup[] stratum = [.. patients.Where(patient => patient.Positive == positive)];
            random.Shuffle(stratum);
            foreach (var patient in stratum.OrderByDescending(patient => patient.Cases.Count))
            {
                var fold = Enumerable.Range(0, folds).MinBy(f => (ofClass[f], total[f]));
                ofClass[fold] += patient.Cases.Count;
                total[fold] += patient.Cases.Count;
                foreach (var i in patient.Cases)
                {
                    assigned[i] = fold;
                }
            }

            Array.Clear(ofClass);
        }

        return assigned;
    }
}
