using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>Cohorts by name (<c>cohorts/{center}/{name}.csv</c>), mapped; what a retraining began with is kept by content.</summary>
public sealed class CohortStore
{
    /// <summary>Whether a name can be a cohort's: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, a letter or digit first.</summary>
    public static bool IsValidName(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Reads, checks, maps and stores a cohort; what lay under the name is replaced. Nothing is stored if the report has errors.</summary>
    public Task<CohortUpload> PutAsync(string center, string name, Stream csv, CohortIdentity identity, string actor) => throw new InvalidOperationException();

    /// <summary>The cohort under a name as it is now, pinned: its digest, under which that content stays; null if there is none.</summary>
    public Task<BlobReference?> TryPinAsync(string center, string name) => throw new InvalidOperationException();
}

/// <summary>What became of a cohort that was sent.</summary>
/// <param name="Report">What was found in it.</param>
/// <param name="Cohort">The stored cohort; null if the report has errors.</param>
public sealed record CohortUpload(CohortReport Report, BlobReference? Cohort);

/// <summary>What the identifiers of a cohort are.</summary>
public enum CohortIdentity
{
    /// <summary>StudyInstanceUIDs and patient ids as the hospital has them; they are mapped on the way in.</summary>
    Original,

    /// <summary>Mapped before, by <c>radiomics cohort map</c>.</summary>
    Mapped,
}
