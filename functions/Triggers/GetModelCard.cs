using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Radiomics.Learning;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Models;

namespace RadiomicsFunctions.Triggers;

/// <summary>A model's card: a page for people where the request prefers <c>text/html</c>, else JSON.</summary>
public sealed class GetModelCard(ModelShelf shelf, ILogger<GetModelCard> logger)
{
    /// <summary>200 with the card, or 404 <c>ModelNotFound</c>; 500 <c>StoredPartAltered</c>: the package isn't the one of this version.</summary>
    [Function(nameof(GetModelCard))]
    [Operation(ApiTags.Models, "The card of a model")]
    [Returns(200, "The card: JSON, or a page for whoever would rather have `text/html`.", Type = typeof(ModelCard), Stored = true, MediaTypes = ["text/html"])]
    [Problems("UnknownCenter", "ModelNotFound", AlteredException.PartCode)]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/centers/{center}/models/{fieldStrength}/{version}/card")] HttpRequest request,
        string center,
        string fieldStrength,
        string version) =>
        Answers.OfAsync(request, logger, async () => RequestHeaders.PrefersHtml(request)
            ? Answers.Page(request, await shelf.CardPageAsync(center, fieldStrength, version))
            : Answers.Stored(request, await shelf.CardAsync(center, fieldStrength, version)));
}
