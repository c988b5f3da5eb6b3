using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Extraction;
using Radiomics.Pages.Console.Models;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Models;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Before a model is put back: what would become the current one in place of what.</summary>
public sealed class GetRollbackPage(ConsoleDesk desk, ModelShelf shelf)
{
    /// <summary>200 with the page. Problems <c>UnknownCenter</c>, <c>ModelNotFound</c>, <c>ModelVersionUnknown</c>, <c>NothingToRollBackTo</c>.</summary>
    [Function(nameof(GetRollbackPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/models/{fieldStrength}/{version}/rollback")] HttpRequest request,
        string center,
        string fieldStrength,
        string version) =>
        desk.ShowAsync<RollbackPage>(request, center, async _ =>
        {
            var overview = await shelf.OverviewAsync(center, fieldStrength, request.HttpContext.RequestAborted);
            var current = overview.Current?.Model.Version ?? throw new RadiomicsException("NothingToRollBackTo", $"There is no model at {fieldStrength} to go back from.");
            return new()
            {
                ["Model"] = overview,
                ["Target"] = current == version
                    ? throw new RadiomicsException("NothingToRollBackTo", $"Version {version} is the current one already.")
                    : overview.States.FirstOrDefault(state => state.Model.Version == version)
                        ?? throw new RadiomicsException("ModelVersionUnknown", "This version isn't among the last that were the current one. Look at the history of the models, and choose one of those."),
            };
        });
}
