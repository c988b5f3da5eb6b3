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

/// <summary>An order of the console for a retraining.</summary>
public sealed class PostRetrainingForm(ConsoleDesk desk, RetrainingStarter starter, Intake intake)
{
    /// <summary>What the page of the retraining is told.</summary>
    internal const string Started = "started";

    /// <summary>303 to the retraining, which is started, or was before. Problems as <see cref="PostRetraining"/> has them.</summary>
    [Function(nameof(PostRetrainingForm))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "centers/{center}/retrainings")] HttpRequest request,
        string center,
        [DurableClient] DurableTaskClient client) =>
        desk.ChangeAsync(request, center, async () =>
        {
            var form = await ConsoleForm.ReadAsync(request, intake);
            var id = await starter.StartAsync(client, center, RetrainingForm.Read(form), RetrainingForm.KeyOf(form), Caller.Of(request));
            return $"/centers/{Uri.EscapeDataString(center)}/retrainings/{id}?done={Started}";
        });
}
