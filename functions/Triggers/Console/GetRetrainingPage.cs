using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Pages.Console.Retrainings;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>One retraining: how far it is, its candidates, what was chosen and what came of that.</summary>
public sealed class GetRetrainingPage(ConsoleDesk desk, RetrainingViews views)
{
    /// <summary>200 with the page; with <c>?part=progress</c> the part alone that changes. Problem <c>RetrainingNotFound</c>.</summary>
    [Function(nameof(GetRetrainingPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/retrainings/{id}")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        return request.Query["part"] == "progress"
            ? desk.ShowPartAsync<RetrainingProgressPart>(request, center, async _ => await ViewAsync() is var view ? (new() { ["View"] = view }, view.IsFinal) : default)
            : desk.ShowAsync<RetrainingPage>(request, center, async _ => new()
            {
                ["View"] = await ViewAsync(),
                ["Done"] = (string?)request.Query["done"] switch
                {
                    PostRetrainingForm.Started => "This is the retraining that you ordered. The page follows it by itself.",
                    PostApprovalForm.Decided => "Your decision was handed on. It is carried out in a moment.",
                    _ => null,
                },
            });

        Task<RetrainingView> ViewAsync() => views.ReadAsync(client, center, id, request.HttpContext.RequestAborted);
    }
}
