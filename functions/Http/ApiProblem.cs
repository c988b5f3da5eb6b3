using System.Text.Json.Serialization;
using Radiomics.Learning;

namespace RadiomicsFunctions.Http;

/// <summary>A problem (RFC 9457).</summary>
/// <param name="Type">Names the kind of problem: <c>urn:radiomics:problem:{code}</c>.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">A sentence that the caller can act on.</param>
/// <param name="Code">Stable code: what programs look at.</param>
/// <param name="Instance">Path of the request.</param>
/// <param name="Report">What was found in a cohort; only with <c>CohortInvalid</c>.</param>
internal sealed record ApiProblem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string Instance,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CohortReport? Report)
{
    /// <summary>Media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The problem of a code.</summary>
    public static ApiProblem Of(string code, int status, string detail, string instance, CohortReport? report = null) =>
        new($"urn:radiomics:problem:{code}", TitleOf(code), status, detail, code, instance, report);

    // "RequestTooLarge" → "Request too large".
    private static string TitleOf(string code) =>
        string.Concat(code.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
