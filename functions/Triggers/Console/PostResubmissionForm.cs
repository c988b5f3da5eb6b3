using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Quarantine;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Sends an upload that could not be used again, from the console: as it is, for another center, or changed.</summary>
public sealed class PostResubmissionForm(ConsoleDesk desk, CenterProfiles profiles, QuarantineDesk quarantine, ResubmissionDoor door, Intake intake)
{
    /// <summary>What the page of the upload is told.</summary>
    internal const string Done = "again";

    /// <summary>Largest region that is taken, bytes.</summary>
    private const long MaxRegionBytes = 64 << 20;

    /// <summary>303 to the upload. Problems as <see cref="PostResubmission"/> has them, and those of a change that can't be made: <c>FixChangesNothing</c>, <c>FixLeavesNothing</c>.</summary>
    [Function(nameof(PostResubmissionForm))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "centers/{center}/quarantine/{uploadId}/resubmission")] HttpRequest request,
        string center,
        string uploadId,
        [DurableClient] DurableTaskClient client) =>
        desk.ChangeAsync(request, center, async () =>
        {
            profiles.Get(center);
            var cancellation = request.HttpContext.RequestAborted;
            var form = await ConsoleForm.ReadAsync(request, intake, MaxRegionBytes);
            var entry = await quarantine.GetAsync(center, uploadId, cancellation);
            var way = form["way"].ToString();
            string? other = null;
            if (way == "center")
            {
                other = form.TextOf("center") ?? throw new RadiomicsException("InvalidRequest", "Choose the center that was meant.");
                Caller.Of(request).Require(other, Right.Submit);
            }

            await door.SendAsync(client, entry, other, ResubmissionForm.Read(way, form), Caller.Of(request).Name, cancellation);
            return $"/centers/{Uri.EscapeDataString(center)}/quarantine/{uploadId}?done={Done}";
        });
}
