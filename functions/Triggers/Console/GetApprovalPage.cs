using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Extraction;
using Radiomics.Pages.Console.Retrainings;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Models;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Before somebody decides about a trained model: that one beside the current one.</summary>
public sealed class GetApprovalPage(ConsoleDesk desk, RetrainingViews views, ModelShelf shelf)
{
    /// <summary>200 with the page. Problems <c>RetrainingNotFound</c>, <c>NothingToApprove</c>.</summary>
    [Function(nameof(GetApprovalPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/retrainings/{id}/approval")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client) =>
        desk.ShowAsync<ApprovalPage>(request, center, async _ =>
        {
            var cancellation = request.HttpContext.RequestAborted;
            var view = await views.ReadAsync(client, center, id, cancellation);
            var asked = request.Query["fieldStrength"].FirstOrDefault();
            var group = view.Groups.FirstOrDefault(group => group is { Waits: true, Model: not null } && (asked is null || group.FieldStrength == asked))
                ?? throw new RadiomicsException("NothingToApprove", "No such model of this retraining waits for a decision: it isn't ready yet, has been decided about, or its time is over.");
            return new()
            {
                ["Id"] = id,
                ["Group"] = group,
                ["Current"] = await shelf.OverviewAsync(center, group.FieldStrength, cancellation),
            };
        });
}
