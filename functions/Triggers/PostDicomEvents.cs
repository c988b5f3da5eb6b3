using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Radiomics.Extraction;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.DicomEvents;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>
/// The DICOM service's door: a webhook for <c>Microsoft.HealthcareApis.DicomImageCreated</c> events of Event Grid. It is an HTTP function and not an Event Grid
/// trigger, since the worker's extension for those can't be had everywhere, and a webhook is the same on every host: Event Grid calls it with the function's
/// key in <c>?code=</c>, and the two handshakes are answered here.
/// </summary>
public sealed class PostDicomEvents(ArrivalDesk desk, Intake intake, ILogger<PostDicomEvents> logger)
{
    // Event Grid sends one event or a batch of at most 1 MB.
    private const int MaxBytes = 2 << 20;

    private const string OriginHeader = "WebHook-Request-Origin";

    /// <summary>
    /// 200 once the events are taken; to a new subscription, its code, or to CloudEvents' <c>OPTIONS</c> the permission to send (CloudEvents HTTP webhook 4).
    /// Problems <c>InvalidEvents</c>, <c>RequestTooLarge</c>.
    /// </summary>
    [Function(nameof(PostDicomEvents))]
    [Operation(ApiTags.DicomEvents, "Take events of a DICOM service", Method = "post")]
    [Operation(ApiTags.DicomEvents, "Permit a subscription to send (CloudEvents)", Method = "options")]
    [Accepts("application/json", Method = "post")]
    [Accepts("application/cloudevents+json", Method = "post")]
    [Accepts("application/cloudevents-batch+json", Method = "post")]
    [Parameter(ParameterLocation.Header, OriginHeader, "Who asks to send events: a host's name.", Required = true, Method = "options")]
    [Returns(200, "The events are taken (no body); to a new subscription in Event Grid's schema, its code.", Type = typeof(Validation), Method = "post")]
    [Returns(200, "Permitted.", Headers = ["WebHook-Allowed-Origin: the host that asked", "WebHook-Allowed-Rate: `*`"], Method = "options")]
    [Problems("InvalidEvents", "InvalidRequest", "EmptyBody", "RequestTooLarge")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", "options", Route = "api/dicom-events")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        Answers.OfAsync(request, logger, () => HttpMethods.IsOptions(request.Method) ? Task.FromResult(Permit(request)) : TakeAsync(request, client));

    private async Task<IActionResult> TakeAsync(HttpRequest request, DurableTaskClient client)
    {
        var (body, lease) = await RequestBody.ReadAsync(request, intake, MaxBytes, "Let Event Grid send smaller batches.");
        using var held = lease;
        var delivery = EventDelivery.Parse(new BinaryData(body.GetBuffer().AsMemory(0, (int)body.Length)));
        if (delivery.ValidationCode is { } code)
        {
            return Answers.Json(new Validation(code));
        }

        await desk.TakeAsync(client, delivery, request.HttpContext.RequestAborted);

        // Said only now: Event Grid gives up a delivery that is refused, and the others in it are in order.
        return delivery.Malformed == 0
            ? new OkResult()
            : throw new RadiomicsException("InvalidEvents", $"{delivery.Malformed} events of created images name no DICOM service or no study.");
    }

    private static IActionResult Permit(HttpRequest request)
    {
        if (request.Headers[OriginHeader] is not [{ Length: > 0 and <= 253 } origin] || !origin.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':'))
        {
            throw new RadiomicsException("InvalidRequest", $"Whoever asks to send events says from where, in the header {OriginHeader}.");
        }

        var headers = request.HttpContext.Response.Headers;
        headers["WebHook-Allowed-Origin"] = origin;
        headers["WebHook-Allowed-Rate"] = "*";
        headers.Allow = "POST, OPTIONS";
        return new OkResult();
    }

    /// <summary>The answer to the handshake of Event Grid's schema.</summary>
    /// <param name="ValidationResponse">The code that the event brought.</param>
    private sealed record Validation(string ValidationResponse);
}
