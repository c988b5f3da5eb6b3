namespace Radiomics.Learning;

/// <summary>The cases on which the stability of features is measured.</summary>
public static class StabilitySample
{
    /// <summary>
    /// So many patients of the training split at most, drawn without a look at their labels; of each, the first study by its UID. In ordinal order of the UIDs.
    /// </summary>
    /// <param name="cases">The cases of one sequence, those of the test split among them or not.</param>
    /// <param name="patients">Patients at most; see <see cref="ProtocolSettings.StabilityPatients"/>.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static IReadOnlyList<LearningCase> Choose(IReadOnlyList<LearningCase> cases, int patients, int seed)
    {
        var studies = cases
            .Where(one => one.Split == CohortSplit.Train)
            .GroupBy(one => one.Patient, StringComparer.Ordinal)
            .OrderBy(patient => patient.Key, StringComparer.Ordinal)
            .Select(patient => patient.MinBy(one => one.StudyUid, StringComparer.Ordinal)!)
            .ToArray();
        new Random(seed).Shuffle(studies);
        return [.. studies.Take(Math.Max(0, patients)).OrderBy(one => one.StudyUid, StringComparer.Ordinal)];
    }
}
