using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>The integrators' way to storage: where a study may be uploaded in blocks, whatever its size.</summary>
public sealed class PostUpload(CenterProfiles profiles, UploadGrants grants, Intake intake, ILogger<PostUpload> logger)
{
    private const string Example = "{\"name\": \"x.zip\"}";

    /// <summary>200 with an address to write one blob to for an hour (<see cref="UploadGrant"/>); problems <c>UnknownCenter</c>, <c>InvalidBlobName</c>, <c>InvalidRequest</c> …</summary>
    [Function(nameof(PostUpload))]
    [Operation(ApiTags.Predictions, "Ask where to upload a study in blocks")]
    [Accepts("application/json", typeof(Wish), Required = ["name"], Example = Example)]
    [Returns(200, "The address, which is a secret.", Type = typeof(UploadGrant))]
    [Problems("InvalidBlobName")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/centers/{center}/uploads")] HttpRequest request,
        string center) =>
        Answers.OfAsync(request, logger, () => GrantAsync(request, center));

    private async Task<IActionResult> GrantAsync(HttpRequest request, string center)
    {
        profiles.Get(center);
        var body = await JsonBody.ReadAsync<Wish>(request, intake, Example);
        var name = body.Name ?? throw new RadiomicsException("InvalidRequest", $"The body must be JSON like {Example}.");
        var grant = await grants.GrantAsync(center, name, Caller.Of(request).Name, request.HttpContext.RequestAborted);
        // The address is a secret.
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Answers.Json(grant);
    }

    /// <summary>What is to be uploaded.</summary>
    /// <param name="Name">Name of the zip, folders before it included, as it will lie below the center: `x.zip`.</param>
    private sealed record Wish(string? Name);
}
