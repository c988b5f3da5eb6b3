using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>One upload that could not be used: why, what can be done, and what has been tried.</summary>
public sealed class GetQuarantined(CenterProfiles profiles, QuarantineDesk desk, ILogger<GetQuarantined> logger)
{
    /// <summary>200 with the upload, or 404 <c>QuarantineNotFound</c>.</summary>
    [Function(nameof(GetQuarantined))]
    [Operation(ApiTags.Quarantine, "Why an upload could not be used, and what can be done")]
    [Returns(200, "The upload.", Type = typeof(QuarantineEntry))]
    [Errors(ErrorArea.Study)]
    [Problems("UnknownCenter", "QuarantineNotFound")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "centers/{center}/quarantine/{uploadId}")] HttpRequest request,
        string center,
        string uploadId) =>
        Answers.OfAsync(request, logger, async () =>
        {
            profiles.Get(center);
            return Answers.Json(await desk.GetAsync(center, uploadId, request.HttpContext.RequestAborted));
        });
}
