using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers;

/// <summary>Researchers ask how far a retraining is, and get its record once it is there; also after its history is purged.</summary>
public sealed class GetRetraining(RetrainingQuery query, ILogger<GetRetraining> logger)
{
    /// <summary>200 with the status, or 404 <c>RetrainingNotFound</c>.</summary>
    [Function(nameof(GetRetraining))]
    [Operation(ApiTags.Learning, "How far a retraining is")]
    [Returns(200, "The status.", Type = typeof(RetrainingStatus))]
    [Errors(ErrorArea.Learning)]
    [Problems("RetrainingNotFound")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/centers/{center}/retrainings/{id}")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client) =>
        Answers.OfAsync(request, logger, async () => await query.TryGetAsync(client, center, id, request.HttpContext.RequestAborted) is { } status
            ? Answers.Json(status)
            : Answers.Problem(request, "RetrainingNotFound", "This center has no retraining of this id."));
}
