using Microsoft.AspNetCore.Http;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;

namespace RadiomicsFunctions.Retraining;

/// <summary>Takes cohorts in, by whatever door they came.</summary>
public sealed class CohortDoor(CenterProfiles profiles, CohortStore cohorts)
{
    /// <summary>Largest cohort that is read, bytes.</summary>
    public const long MaxBytes = 16 << 20;

    /// <summary>Checks, maps and stores a cohort, unless it has errors.</summary>
    /// <param name="request">Whose caller sends it.</param>
    /// <param name="center">Its center.</param>
    /// <param name="name">Its name.</param>
    /// <param name="csv">The cohort.</param>
    /// <param name="identifiers"><c>original</c> or <c>mapped</c>; empty: original.</param>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>CohortNameInvalid</c>, <c>InvalidRequest</c>.</exception>
    public Task<CohortUpload> AcceptAsync(HttpRequest request, string center, string name, Stream csv, IReadOnlyList<string?> identifiers)
    {
        profiles.Get(center);
        return cohorts.PutAsync(center, name, csv, IdentityOf(identifiers), Caller.Of(request).Name);
    }

    private static CohortIdentity IdentityOf(IReadOnlyList<string?> identifiers) => identifiers switch
    {
        [] or ["original"] => CohortIdentity.Original,
        ["mapped"] => CohortIdentity.Mapped,
        _ => throw new RadiomicsException("InvalidRequest", "'identifiers' is original (the hospital's own UIDs, which are mapped on the way in) or mapped."),
    };
}
