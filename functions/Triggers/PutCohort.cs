using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers;

/// <summary>The researchers' door for cohorts: a CSV with the hospital's own UIDs, which are mapped on the way in.</summary>
public sealed class PutCohort(CenterProfiles profiles, CohortDoor door, Intake intake, ILogger<PutCohort> logger)
{
    private const string Example = "studyUid,label,patient,age:number:a\n1.2.840.113619.2.1.1,1,4711,9\n1.2.840.113619.2.1.2,0,4712,12\n";
    private const string Instead = "Send the cohort as CSV: studyUid,label and, if there are, split, patient and covariates.";

    /// <summary>200 with the report and where the cohort is stored; 422 <c>CohortInvalid</c> with the report, and nothing stored.</summary>
    [Function(nameof(PutCohort))]
    [Operation(ApiTags.Learning, "Send a cohort")]
    [Parameter(ParameterLocation.Query, "identifiers", "Whose UIDs and patient ids it has: the hospital's own (if not said), or mapped ones.", Values = ["original", "mapped"])]
    [Accepts("text/csv", Example = Example)]
    [Returns(200, "It is stored; what was found in it.", Type = typeof(CohortAnswer))]
    [Problems("InvalidRequest", "EmptyBody", "CohortNameInvalid", "UnknownCenter", "RequestTooLarge", "UnsupportedMediaType", "CohortInvalid")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "api/centers/{center}/cohorts/{name}")] HttpRequest request,
        string center,
        string name) =>
        Answers.OfAsync(request, logger, () => AcceptAsync(request, center, name));

    private async Task<IActionResult> AcceptAsync(HttpRequest request, string center, string name)
    {
        profiles.Get(center);
        if (RequestHeaders.MediaTypeOf(request) != "text/csv")
        {
            throw new RadiomicsException("UnsupportedMediaType", "Send Content-Type text/csv with the cohort.");
        }

        var (csv, lease) = await RequestBody.ReadAsync(request, intake, CohortDoor.MaxBytes, Instead);
        using var held = lease;
        var upload = await door.AcceptAsync(request, center, name, csv, [.. request.Query["identifiers"]]);
        return upload.Cohort is { } stored
            ? Answers.Json(new CohortAnswer(center, name, stored.Sha256, upload.Report))
            : Answers.Problem(request, "CohortInvalid", "The cohort has errors, and nothing was stored; 'report' names the lines.", upload.Report);
    }
}
