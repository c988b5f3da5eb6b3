using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Retraining;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Somebody's decision about a trained model, from the console.</summary>
public sealed class PostApprovalForm(ConsoleDesk desk, ApprovalDesk approvals, Intake intake)
{
    /// <summary>What the page of the retraining is told.</summary>
    internal const string Decided = "decided";

    /// <summary>303 to the retraining. Problems as <see cref="PostApproval"/> has them.</summary>
    [Function(nameof(PostApprovalForm))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "centers/{center}/retrainings/{id}/approval")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client) =>
        desk.ChangeAsync(request, center, async () =>
        {
            var form = await ConsoleForm.ReadAsync(request, intake);
            bool? approved = form["approved"].ToString() switch { "true" => true, "false" => false, _ => null };
            var decision = new ApprovalDecision(approved, form.TextOf("name"), form.TextOf("reason"), form.TextOf("fieldStrength"), form.TextOf("version"));
            await approvals.DecideAsync(client, center, id, decision, Caller.Of(request).Name, request.HttpContext.RequestAborted);
            return $"/centers/{Uri.EscapeDataString(center)}/retrainings/{id}?done={Decided}";
        });
}
