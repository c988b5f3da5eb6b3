using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Models;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>The whole card of a model, which is a document of its own: as the API has it, for a browser.</summary>
public sealed class GetModelCardPage(ConsoleDesk desk, ModelShelf shelf)
{
    /// <summary>200 with the page. Problems <c>UnknownCenter</c>, <c>ModelNotFound</c>, <c>StoredPartAltered</c>.</summary>
    [Function(nameof(GetModelCardPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/models/{fieldStrength}/{version}/card")] HttpRequest request,
        string center,
        string fieldStrength,
        string version) =>
        desk.GuardAsync(request, center, async () => Answers.Page(request, await shelf.CardPageAsync(center, fieldStrength, version)));
}
