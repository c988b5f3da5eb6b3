using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>What a center has sent that could not be used, by ids and codes; nothing of what is in it.</summary>
public sealed class GetQuarantine(CenterProfiles profiles, QuarantineDesk desk, ILogger<GetQuarantine> logger)
{
    /// <summary>200 with the list, or 404 <c>UnknownCenter</c>.</summary>
    [Function(nameof(GetQuarantine))]
    [Operation(ApiTags.Quarantine, "What could not be used")]
    [Returns(200, "The uploads, the newest first.", Type = typeof(QuarantineList))]
    [Problems("UnknownCenter")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/centers/{center}/quarantine")] HttpRequest request,
        string center) =>
        Answers.OfAsync(request, logger, async () =>
        {
            profiles.Get(center);
            return Answers.Json(new QuarantineList(center, await desk.ListAsync(center, request.HttpContext.RequestAborted)));
        });
}

/// <summary>What `GET …/quarantine` answers.</summary>
/// <param name="Center">The center.</param>
/// <param name="Uploads">What it has sent that could not be used.</param>
public sealed record QuarantineList(string Center, IReadOnlyList<QuarantineEntry> Uploads);
