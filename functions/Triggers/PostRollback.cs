using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Models;

namespace RadiomicsFunctions.Triggers;

/// <summary>Puts an earlier model back, in one call, by name and with a reason.</summary>
public sealed class PostRollback(ModelShelf shelf, ModelPromotions promotions, Intake intake, ILogger<PostRollback> logger)
{
    private const string Example = "{\"name\": \"Dr. Example\", \"reason\": \"calibration drifted\", \"version\": \"0123456789abcdef\"}";

    /// <summary>200 with the model that is the current one now; problems <c>ModelNotFound</c>, <c>NothingToRollBackTo</c>, <c>ModelVersionUnknown</c> …</summary>
    [Function(nameof(PostRollback))]
    [Operation(ApiTags.Models, "Put an earlier model back")]
    [Accepts("application/json", typeof(Rollback), Required = ["name", "reason"], Example = Example)]
    [Returns(200, "The model that is the current one now.", Type = typeof(PromotedModel))]
    [Problems(
        "InvalidRequest", "DecisionIncomplete", "UnknownCenter", "ModelNotFound", "ModelVersionUnknown", "NothingToRollBackTo", "PointerMoved", "ModelUnusable", "RequestTooLarge",
        "UnsupportedMediaType")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/centers/{center}/models/{fieldStrength}/rollback")] HttpRequest request,
        string center,
        string fieldStrength) =>
        Answers.OfAsync(request, logger, async () =>
        {
            var body = await JsonBody.ReadAsync<Rollback>(request, intake, Example);
            ModelPromotions.RequireDecision(body.Name, body.Reason);
            shelf.Require(center, fieldStrength);
            return Answers.Json(await promotions.RollbackAsync(center, fieldStrength, body.Version, body.Name!, body.Reason!, Caller.Of(request).Name));
        });

    /// <summary>Which model to go back to, and who decides.</summary>
    /// <param name="Name">Who decides.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Version">A version that was the current one; null: the one before, so that a second call goes further back.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Rollback(string? Name, string? Reason, string? Version);
}
