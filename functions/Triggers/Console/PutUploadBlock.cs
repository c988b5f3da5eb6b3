using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Takes a block of a zip that the console sends.</summary>
public sealed class PutUploadBlock(ConsoleDesk desk, CenterProfiles profiles, BlockUploads uploads, Intake intake, RadiomicsOptions options)
{
    private const string Instead = "Send the zip in shorter blocks.";

    /// <summary>204; problems <c>InvalidBlobName</c>, <c>InvalidRequest</c>, <c>InvalidDigest</c>, <c>DigestMismatch</c>, <c>RequestTooLarge</c>, <c>ServiceBusy</c>.</summary>
    [Function(nameof(PutUploadBlock))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "centers/{center}/uploads/{name}/blocks/{number}")] HttpRequest request,
        string center,
        string name,
        string number) =>
        desk.GuardAsync(request, center, async () =>
        {
            profiles.Get(center);
            using (var claimed = ClaimedDigests.Of(request))
            {
                if (claimed.Hashes.Count == 0)
                {
                    throw new RadiomicsException("InvalidDigest", "Say by Content-Digest what the block is, e.g. sha-256=:base64: (RFC 9530).");
                }
            }

            using var body = await RequestBody.ReceiveAsync(request, intake, Math.Min(BlockUploads.MostBlockBytes, options.MaxRequestBytes), Instead);
            var place = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
            await uploads.StageAsync(center, name, place, body.File, body.Sha256, request.HttpContext.RequestAborted);
            PagePolicy.Apply(request.HttpContext.Response);
            return new NoContentResult();
        });
}
