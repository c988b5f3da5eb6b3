using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>Describes the calls of this service to programs, as OpenAPI 3.1.</summary>
public sealed class GetApiDocument(ApiDocument document, ILogger<GetApiDocument> logger)
{
    /// <summary>200 with the document.</summary>
    [Function(nameof(GetApiDocument))]
    [Operation(ApiTags.Service, "This document")]
    [Returns(200, "OpenAPI 3.1", MediaTypes = ["application/json"])]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request) =>
        Answers.OfAsync(request, logger, () => AnswerAsync(request));

    private async Task<IActionResult> AnswerAsync(HttpRequest request)
    {
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return new ContentResult { Content = await document.AsJsonAsync(), ContentType = "application/json; charset=utf-8" };
    }
}
