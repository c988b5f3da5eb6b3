using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console.Quarantine;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>One upload that could not be used: why, what can be done, and what has been tried.</summary>
public sealed class GetQuarantinedPage(ConsoleDesk desk, QuarantineDesk quarantine, CenterProfiles profiles)
{
    /// <summary>200 with the page. Problems <c>UnknownCenter</c>, <c>QuarantineNotFound</c>.</summary>
    [Function(nameof(GetQuarantinedPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/quarantine/{uploadId}")] HttpRequest request,
        string center,
        string uploadId) =>
        desk.ShowAsync<QuarantinedPage>(request, center, async _ =>
        {
            profiles.Get(center);
            var caller = Caller.Of(request);
            return new()
            {
                ["Upload"] = await quarantine.GetAsync(center, uploadId, request.HttpContext.RequestAborted),
                ["OtherCenters"] = profiles.Centers.Where(other => other != center && caller.May(other, Right.Submit)).ToList(),
                ["Done"] = request.Query["done"] == PostResubmissionForm.Done ? "It was sent again. What comes of it stands below." : null,
            };
        });
}
