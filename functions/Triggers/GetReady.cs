using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Health;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>Tells whoever sends work whether it can be done, and what is broken if not.</summary>
public sealed class GetReady(Readiness readiness, ILogger<GetReady> logger)
{
    /// <summary>200 <c>ready</c> or <c>degraded</c> (some studies can't be predicted), 503 <c>broken</c>, each with all checks by name.</summary>
    [Function(nameof(GetReady))]
    [Operation(ApiTags.Service, "Whether work can be done, and what is broken if not")]
    [Returns(200, "`ready`, or `degraded`: some studies can't be predicted.", Type = typeof(ReadyReport))]
    [Returns(503, "`broken`.", Type = typeof(ReadyReport))]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request) =>
        Answers.OfAsync(request, logger, () => readiness.AnswerAsync(request.HttpContext.RequestAborted));
}
