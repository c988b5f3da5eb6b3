using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Triggers;

/// <summary>Integrators ask how far a prediction is, and get the answer once it is there; also after its history is purged.</summary>
public sealed class GetPrediction(PredictionQuery query, ILogger<GetPrediction> logger)
{
    /// <summary>200 with the status, or 404 <c>PredictionNotFound</c>; 500 <c>RecordAltered</c>: the answer isn't the one that was published, and isn't told.</summary>
    [Function(nameof(GetPrediction))]
    [Operation(ApiTags.Predictions, "How far a prediction is")]
    [Returns(200, "The status; once it is `succeeded` or `failed`, it stays as it is.", Type = typeof(PredictionStatus))]
    [Errors(ErrorArea.Study)]
    [Problems("PredictionNotFound", AlteredException.RecordCode)]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/centers/{center}/predictions/{id}")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client) =>
        Answers.OfAsync(request, logger, async () => Answers.Json(await query.GetAsync(client, center, id, request.HttpContext.RequestAborted)));
}
