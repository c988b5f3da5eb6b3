using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers;

/// <summary>The researchers' door: starts a retraining from a cohort.</summary>
public sealed class PostRetraining(RetrainingStarter starter, RetrainingQuery query, Intake intake, ILogger<PostRetraining> logger)
{
    private const string Example = "{\"cohort\": \"cohort-2025\", \"fieldStrengths\": [\"3.0T\"], \"promotion\": {\"mode\": \"approval\"}}";

    /// <summary>202 with <c>Location</c> and the status; problems <c>UnknownCenter</c>, <c>CohortUnknown</c>, <c>InvalidProtocol</c>, <c>InvalidRequest</c> …</summary>
    [Function(nameof(PostRetraining))]
    [Operation(ApiTags.Learning, "Start a retraining from a cohort")]
    [Parameter(ParameterLocation.Header, RequestHeaders.KeyHeader, "A key of one's own for this order, 1 to 200 visible ASCII characters. Without one, the same order is the same retraining.")]
    [Accepts("application/json", typeof(RetrainingOrder), Required = ["cohort"], Example = Example)]
    [Returns(202, "The retraining is started, or was before.", Type = typeof(RetrainingStatus), Headers = [RequestHeaders.LocationText])]
    [Problems(
        "InvalidRequest", "InvalidIdempotencyKey", "CenterHasNoModels", "InvalidProtocol", "UnknownCenter", "CohortUnknown", "RequestTooLarge", "UnsupportedMediaType",
        "CohortInvalid", "CohortTooLarge", "IdempotencyKeyReused")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/centers/{center}/retrainings")] HttpRequest request,
        string center,
        [DurableClient] DurableTaskClient client) =>
        Answers.OfAsync(request, logger, async () =>
        {
            var order = await JsonBody.ReadAsync<RetrainingOrder>(request, intake, Example);
            var id = await starter.StartAsync(client, center, order, RequestHeaders.IdempotencyKeyOf(request), Caller.Of(request));
            var status = await query.TryGetAsync(client, center, id, request.HttpContext.RequestAborted)
                ?? new RetrainingStatus { Id = id, Center = center, Status = RetrainingState.Queued };
            RequestHeaders.SetLocation(request, id);
            return Answers.Json(status, 202);
        });
}
