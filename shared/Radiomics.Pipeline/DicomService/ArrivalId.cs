namespace Radiomics.Pipeline;

/// <summary>Names a wait for a study, which is also its orchestration's instance: <c>s-</c>, 32 hex digits of center, service and study, and the generation.</summary>
public static class ArrivalId
{
    private const int Length = 32;

    /// <summary>The wait of a generation of a study.</summary>
    public static string Of(ArrivalKey study, int generation) =>
        $"{PrefixOf(study)}{generation}";

    /// <summary>How the names of all waits for a study begin; the generation follows.</summary>
    internal static string PrefixOf(ArrivalKey study) => $"s-{Digest.OfParts("arrival", study.Center, study.Service, study.StudyUid)[..Length]}-";

    /// <summary>The waits of all generations of a study up to one.</summary>
    internal static IReadOnlyList<string> Until(ArrivalKey study, int generation) => [.. Enumerable.Range(1, generation).Select(number => Of(study, number))];
}
