using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Extraction;
using Radiomics.Pages.Console;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Makes a zip of the blocks that the console has sent, and starts its prediction, as the blob trigger does which hears of it, too: it is the same prediction.</summary>
public sealed class PostConsoleUpload(
    ConsoleDesk desk, CenterProfiles profiles, BlockUploads uploads, UploadDoor door, PredictionStarter starter, PredictionQuery query, Intake intake)
{
    private const string Example = "{\"blocks\": [\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"]}";

    /// <summary><c>{"location"}</c> of the study's page; problems <c>InvalidBlobName</c>, <c>InvalidRequest</c>, <c>BlocksMissing</c>, <c>RequestTooLarge</c> …</summary>
    [Function(nameof(PostConsoleUpload))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "centers/{center}/uploads/{name}")] HttpRequest request,
        string center,
        string name,
        [DurableClient] DurableTaskClient client) =>
        desk.ChangeAsync(request, center, () => CloseAsync(request, center, name, client));

    private async Task<string> CloseAsync(HttpRequest request, string center, string name, DurableTaskClient client)
    {
        profiles.Get(center);
        var cancellation = request.HttpContext.RequestAborted;
        var order = await JsonBody.ReadAsync<Order>(request, intake, Example);
        var zip = await uploads.CommitAsync(center, name, order.Blocks ?? throw new RadiomicsException("InvalidRequest", $"The body must be JSON like {Example}."), cancellation);
        var upload = await door.ReceiveAsync(zip, cancellation) ?? throw new RadiomicsException("BlobNotFound", "The zip was removed before it could be read. Send it again.");
        var id = PredictionId.OfUpload(upload.UploadId);
        var isThrough = await query.TryGetAsync(client, center, id, cancellation) is { Status: PredictionState.Succeeded or PredictionState.Failed } before && before.Error is not { IsFault: true };
        await starter.StartOnceAsync(client, upload, Caller.Of(request).Name);
        return new ConsoleFrame { Center = center }.At("studies", id) + (isThrough ? "?sent=again" : "");
    }

    /// <summary>What the zip is made of.</summary>
    /// <param name="Blocks">SHA-256 of each block in base64, in their order.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Order(IReadOnlyList<string>? Blocks);
}
