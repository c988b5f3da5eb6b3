using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Pages.Console.Models;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Models;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Each field strength's current model, and those before it.</summary>
public sealed class GetModelsPage(ConsoleDesk desk, ModelShelf shelf)
{
    /// <summary>200 with the page. Problem <c>UnknownCenter</c>.</summary>
    [Function(nameof(GetModelsPage))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/models")] HttpRequest request, string center) =>
        desk.ShowAsync<ModelsPage>(request, center, async _ => new()
        {
            ["Models"] = await shelf.OverviewAsync(center, request.HttpContext.RequestAborted),
            ["Done"] = request.Query["done"] == PostModelRollback.Done ? "The model was put back. New studies are predicted by it from now on." : null,
        });
}
