using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console.Models;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Models;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>One version of a model: what its card says first, and its candidates.</summary>
public sealed class GetModelPage(ConsoleDesk desk, ModelShelf shelf)
{
    /// <summary>200 with the page. Problems <c>UnknownCenter</c>, <c>ModelNotFound</c>, <c>StoredPartAltered</c>.</summary>
    [Function(nameof(GetModelPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/models/{fieldStrength}/{version}")] HttpRequest request,
        string center,
        string fieldStrength,
        string version) =>
        desk.ShowAsync<ModelPage>(request, center, async _ =>
        {
            var card = await shelf.OpenCardAsync(center, fieldStrength, version);
            var overview = await shelf.OverviewAsync(center, fieldStrength, request.HttpContext.RequestAborted);
            return new()
            {
                ["FieldStrength"] = fieldStrength,
                ["Version"] = version,
                ["Card"] = card,
                ["State"] = overview.States.FirstOrDefault(state => state.Model.Version == version),
            };
        });
}
