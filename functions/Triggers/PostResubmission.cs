using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Quarantine;

namespace RadiomicsFunctions.Triggers;

/// <summary>Submits an upload that could not be used again: as it is, once what stood in the way is put right, for another center, or repaired.</summary>
public sealed class PostResubmission(
    CenterProfiles profiles, QuarantineDesk desk, ResubmissionDoor door, Intake intake, RadiomicsOptions options, ILogger<PostResubmission> logger)
{
    private const string Example = "{\"center\": \"A\"}";
    private const string Instead = "Send the repaired study as a zip, or JSON like {\"center\": \"A\"} to submit what was kept.";

    /// <summary>202 with the new upload and its prediction; problems <c>QuarantineNotFound</c>, <c>QuarantineEmpty</c>, <c>ResubmissionRefused</c> …</summary>
    [Function(nameof(PostResubmission))]
    [Operation(ApiTags.Quarantine, "Submit it again")]
    [Accepts("application/json", typeof(Order), Example = Example)]
    [Accepts("application/zip")]
    [Returns(202, "It was submitted as a new upload, and its prediction is started. What is in quarantine stays, and is marked as resolved once that succeeds.", Type = typeof(Resubmission), Headers = [RequestHeaders.LocationText])]
    [Problems(
        "InvalidRequest", "EmptyBody", "UnknownCenter", "RightMissing", "QuarantineNotFound", "QuarantineEmpty", "QuarantineAltered", "ResubmissionRefused", "RequestTooLarge", "UnsupportedMediaType")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/centers/{center}/quarantine/{uploadId}/resubmissions")] HttpRequest request,
        string center,
        string uploadId,
        [DurableClient] DurableTaskClient client) =>
        Answers.OfAsync(request, logger, () => ResubmitAsync(request, center, uploadId, client));

    private async Task<IActionResult> ResubmitAsync(HttpRequest request, string center, string uploadId, DurableTaskClient client)
    {
        profiles.Get(center);
        var caller = Caller.Of(request);
        var cancellation = request.HttpContext.RequestAborted;
        if (RequestHeaders.MediaTypeOf(request) is "application/zip" or "application/x-zip-compressed")
        {
            var entry = await desk.GetAsync(center, uploadId, cancellation);
            using var body = await RequestBody.ReceiveAsync(request, intake, options.MaxRequestBytes, Instead);
            return Accepted(await door.SendAsync(client, entry, null, body.File, caller.Name, cancellation));
        }

        var order = await JsonBody.ReadAsync<Order>(request, intake, Example);
        if (order.Center is { } other)
        {
            // Whoever has no right at it isn't told whether there is such a center.
            caller.Require(other, Right.Submit);
        }

        return Accepted(await door.SendAsync(client, await desk.GetAsync(center, uploadId, cancellation), order.Center, (FileInfo?)null, caller.Name, cancellation));

        IActionResult Accepted(Resubmission resubmission)
        {
            RequestHeaders.SetPredictionLocation(request, resubmission.Center, resubmission.PredictionId);
            return Answers.Json(resubmission, 202);
        }
    }

    /// <summary>How to submit it again.</summary>
    /// <param name="Center">For which center, if not for the one that it came for; the caller needs `Submit` there, too.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Order(string? Center);
}
