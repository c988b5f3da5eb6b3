using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using RadiomicsFunctions.Api;

namespace RadiomicsFunctions.Triggers;

/// <summary>Describes the calls of this service to programs, as OpenAPI 3.1.</summary>
public sealed class GetApiDocument(ApiDocument document)
{
    /// <summary>200 with the document.</summary>
    [Function(nameof(GetApiDocument))]
    [Operation(ApiTags.Service, "This document")]
    [Returns(200, "OpenAPI 3.1", MediaTypes = ["application/json"])]
    public async Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return new ContentResult { Content = await document.AsJsonAsync(), ContentType = "application/json; charset=utf-8" };
    }
}
