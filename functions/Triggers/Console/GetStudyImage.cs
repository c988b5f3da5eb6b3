using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>What the viewer draws: volumes, ROIs and maps of a prediction, as they are stored.</summary>
public sealed class GetStudyImage(ConsoleDesk desk, CenterProfiles profiles, StudyImages images)
{
    /// <summary>200 with the NIfTI file, 304 to who has it; problems <c>PredictionNotFound</c>, <c>StudyImageNotFound</c>, <c>RecordAltered</c>, <c>StoredPartAltered</c>.</summary>
    [Function(nameof(GetStudyImage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/studies/{id}/images/{file}")] HttpRequest request,
        string center,
        string id,
        string file) =>
        desk.GuardAsync(request, center, async () =>
        {
            profiles.Get(center);
            return await AnswerAsync(request, await images.GetAsync(center, id, file, request.HttpContext.RequestAborted));
        });

    private static async Task<IActionResult> AnswerAsync(HttpRequest request, StudyImage image)
    {
        var response = request.HttpContext.Response;
        var headers = response.GetTypedHeaders();
        headers.ETag = new EntityTagHeaderValue($"\"{image.Tag}\"");
        // A browser may keep it, and asks each time whether its reader still may look.
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known == EntityTagHeaderValue.Any || known.Compare(headers.ETag, useStrongComparison: false)))
        {
            return new StatusCodeResult(StatusCodes.Status304NotModified);
        }

        // The file is a gzip file, and no encoding of another: whoever gets it unpacks it.
        response.ContentLength = image.Length;
        return new FileStreamResult(await image.OpenAsync(request.HttpContext.RequestAborted), "application/gzip");
    }
}
