namespace Radiomics.Learning;

/// <summary>One patient's cases, which stay together in every split and fold.</summary>
/// <param name="Patient">Pseudonym.</param>
/// <param name="Positive">Whether any of the cases has the outcome: the stratum.</param>
/// <param name="Cases">Positions of the cases in the list that was grouped.</param>
internal sealed record PatientGroup(string Patient, bool Positive, IReadOnlyList<int> Cases)
{
    /// <summary>All patients in ordinal order of their pseudonyms, so that the order of the cases plays no part.</summary>
    public static PatientGroup[] Of(IReadOnlyList<LearningCase> cases) =>
    [
        .. Enumerable.Range(0, cases.Count)
            .GroupBy(i => cases[i].Patient, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new PatientGroup(group.Key, group.Any(i => cases[i].Label), [.. group])),
    ];
}
