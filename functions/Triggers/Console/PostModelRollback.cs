using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Models;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>Somebody puts an earlier model back, having seen which one is the current one: no other is left.</summary>
public sealed class PostModelRollback(ConsoleDesk desk, ModelShelf shelf, ModelPromotions promotions, Intake intake)
{
    /// <summary>What the page of the models is told.</summary>
    internal const string Done = "rollback";

    /// <summary>303 to the models. Problems as <see cref="PostRollback"/> has them; <c>PointerMoved</c>, too, where somebody else was first.</summary>
    [Function(nameof(PostModelRollback))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "centers/{center}/models/{fieldStrength}/rollback")] HttpRequest request,
        string center,
        string fieldStrength) =>
        desk.ChangeAsync(request, center, async () =>
        {
            var form = await ConsoleForm.ReadAsync(request, intake);
            if (form.TextOf("version") is not { } version || !int.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
            {
                throw new RadiomicsException("InvalidRequest", "The form doesn't say which model is meant. Choose one in the history of the models.");
            }

            shelf.Require(center, fieldStrength);
            await promotions.RollbackAsync(center, fieldStrength, version, form.TextOf("name") ?? "", form.TextOf("reason") ?? "", Caller.Of(request).Name, seen);
            return $"/centers/{Uri.EscapeDataString(center)}/models?done={Done}";
        });
}
