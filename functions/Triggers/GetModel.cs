using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Models;

namespace RadiomicsFunctions.Triggers;

/// <summary>Which model a center uses at a field strength, and which it used before.</summary>
public sealed class GetModel(ModelShelf shelf, ILogger<GetModel> logger)
{
    /// <summary>200 with the current model and the history, or 404 <c>ModelNotFound</c>.</summary>
    [Function(nameof(GetModel))]
    [Operation(ApiTags.Models, "The current model and those before it")]
    [Returns(200, "The models.", Type = typeof(ModelHistory))]
    [Problems("UnknownCenter", "ModelNotFound")]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/centers/{center}/models/{fieldStrength}")] HttpRequest request,
        string center,
        string fieldStrength) =>
        Answers.OfAsync(request, logger, async () => Answers.Json(await shelf.GetAsync(center, fieldStrength)));
}
