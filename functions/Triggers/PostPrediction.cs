using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Triggers;

/// <summary>The integrators' door: a study as a zip, or the name of a blob in <c>incoming</c>.</summary>
public sealed class PostPrediction(
    CenterProfiles profiles,
    UploadDoor door,
    UploadStore uploads,
    IdempotencyKeys keys,
    PredictionStarter starter,
    PredictionQuery query,
    Intake intake,
    RadiomicsOptions options,
    ReadAudit reads,
    ILogger<PostPrediction> logger)
{
    private const string Example = "{\"blob\": \"A/study.zip\"}";
    private const int MaxJsonBytes = 16 * 1024;
    private const string Instead = "Send the study as a zip, or upload it to the storage container 'incoming' and name the blob as JSON.";

    /// <summary>202 with <c>Location</c> and the status; problems <c>UnknownCenter</c>, <c>BlobNotFound</c>, <c>UploadInstead</c>, <c>IdempotencyKeyReused</c> …</summary>
    [Function(nameof(PostPrediction))]
    [Operation(ApiTags.Predictions, "Send a study, or name one that lies in storage")]
    [Parameter(ParameterLocation.Header, RequestHeaders.KeyHeader, "A key of one's own for this order, 1 to 200 visible ASCII characters: the same key with another body is refused. The same body is the same prediction with any key, or none.")]
    [Accepts("application/zip")]
    [Accepts("application/json", typeof(NamedBlob), Required = ["blob"], Example = Example)]
    [Returns(202, "The prediction is started, or was before.", Type = typeof(PredictionStatus), Headers = [RequestHeaders.LocationText])]
    [Problems(
        "InvalidRequest", "EmptyBody", "InvalidIdempotencyKey", "InvalidBlobName", "UnknownCenter", "BlobNotFound", "UploadChanged", "RequestTooLarge", "UploadInstead", "UnsupportedMediaType",
        "IdempotencyKeyReused", AlteredException.RecordCode)]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/centers/{center}/predictions")] HttpRequest request,
        string center,
        [DurableClient] DurableTaskClient client) =>
        Answers.OfAsync(request, logger, () => AcceptAsync(request, center, client));

    private async Task<IActionResult> AcceptAsync(HttpRequest request, string center, DurableTaskClient client)
    {
        profiles.Get(center);
        var key = RequestHeaders.IdempotencyKeyOf(request);
        var (upload, bodySha256) = await ReceiveAsync(request, center);
        if (key is not null)
        {
            // A key stands for an upload, and so for its prediction: the same bytes are predicted once, by whichever key or none.
            var claim = await keys.ClaimAsync(center, key, bodySha256, upload.UploadId, PredictionId.OfUpload(upload.UploadId));
            if (claim.UploadId != upload.UploadId && bodySha256 != upload.Sha256)
            {
                // The key stands for what lay under that name first; a body is the same bytes, whichever upload they are by now.
                upload = await uploads.TryGetAsync(claim.UploadId) ?? throw IdempotencyKeys.Reused();
            }
        }

        var caller = Caller.Of(request);
        var id = await starter.StartOnceAsync(client, upload, caller.Name);
        var status = await query.TryGetAsync(client, center, id, request.HttpContext.RequestAborted)
            ?? new PredictionStatus { Id = id, Center = center, Status = PredictionState.Queued };
        RequestHeaders.SetLocation(request, id);
        if (!caller.May(center, Right.Read))
        {
            return Answers.Json(status.WithoutResults(), 202);
        }

        if (status.Status is PredictionState.Succeeded or PredictionState.Failed)
        {
            // The same study again: the answer is there, and is told.
            reads.Note(center, caller.Name, "prediction", id);
        }

        return Answers.Json(status, 202);
    }

    private Task<(UploadRecord Upload, string BodySha256)> ReceiveAsync(HttpRequest request, string center) => RequestHeaders.MediaTypeOf(request) switch
    {
        "application/zip" or "application/x-zip-compressed" => ReceiveZipAsync(request, center),
        "application/json" => ReceiveNameAsync(request, center),
        _ => throw new RadiomicsException("UnsupportedMediaType", "Send Content-Type application/zip with the study, or application/json with the name of a blob."),
    };

    private async Task<(UploadRecord, string)> ReceiveZipAsync(HttpRequest request, string center)
    {
        using var body = await RequestBody.ReceiveAsync(request, intake, options.MaxRequestBytes, Instead, TooLarge);
        return (await door.ReceiveAsync(center, body.File, body.Sha256), body.Sha256);
    }

    private RadiomicsException TooLarge() => new(
        "UploadInstead",
        $"A study in a request's body may have at most {options.MaxRequestBytes} bytes. Ask POST /api/centers/{{center}}/uploads where to upload it in blocks, then name the blob here as JSON.");

    private async Task<(UploadRecord, string)> ReceiveNameAsync(HttpRequest request, string center)
    {
        var (body, lease) = await RequestBody.ReadAsync(request, intake, MaxJsonBytes, Instead);
        using var held = lease;
        var name = UploadName.TryParse(await BlobNameAsync(body), center)
            ?? throw new RadiomicsException("InvalidBlobName", "'blob' must name a zip, or the '_ready' of a folder, of this center: \"{center}/x.zip\" or \"{center}/folder/_ready\".");
        var upload = await door.ReceiveAsync(name, request.HttpContext.RequestAborted)
            ?? throw new RadiomicsException("BlobNotFound", "There is no such blob in the container 'incoming'. Upload it first.");
        return (upload, Digest.OfParts("blob", name.Kind.ToString(), name.Blob));
    }

    private static async Task<string> BlobNameAsync(Stream body)
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync<NamedBlob>(body, RadiomicsJson.Options) is { Blob: { } blob })
            {
                return blob;
            }
        }
        catch (JsonException)
        {
            // Said below, without quoting the body.
        }

        throw new RadiomicsException("InvalidRequest", "The body must be JSON like {\"blob\": \"{center}/x.zip\"}.");
    }

    /// <summary>Names a study that lies in storage.</summary>
    /// <param name="Blob">A zip, or the `_ready` of a folder, of the center: `{center}/x.zip` or `{center}/folder/_ready`.</param>
    private sealed record NamedBlob(string? Blob);
}
