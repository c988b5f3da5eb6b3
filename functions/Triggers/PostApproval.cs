using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers;

/// <summary>Somebody decides, by name and with a reason, whether a trained model becomes the current one.</summary>
public sealed class PostApproval(ApprovalDesk desk, Intake intake, ILogger<PostApproval> logger)
{
    private const string Example = "{\"fieldStrength\": \"3.0T\", \"approved\": true, \"name\": \"Dr. Example\", \"reason\": \"test AUC and calibration reviewed\"}";

    /// <summary>202; problems <c>RetrainingNotFound</c>, <c>NothingToApprove</c>, <c>DecisionIncomplete</c> …</summary>
    [Function(nameof(PostApproval))]
    [Operation(ApiTags.Learning, "Decide about a model that waits")]
    [Accepts("application/json", typeof(ApprovalDecision), Required = ["approved", "name", "reason"], Example = Example)]
    [Returns(202, "The decision is handed on; the retraining as it was when it waited.", Type = typeof(RetrainingStatus))]
    [Problems("InvalidRequest", "UnsupportedMediaType", "RequestTooLarge", "DecisionIncomplete", "RetrainingNotFound", "NothingToApprove", "FieldStrengthMissing", "OtherModelWaits")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/centers/{center}/retrainings/{id}/approval")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client) =>
        Answers.OfAsync(request, logger, async () =>
        {
            var decision = await JsonBody.ReadAsync<ApprovalDecision>(request, intake, Example);
            return Answers.Json(await desk.DecideAsync(client, center, id, decision, Caller.Of(request).Name, request.HttpContext.RequestAborted), 202);
        });
}
