using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers;

/// <summary>Shows people the calls of this service, to read and to try.</summary>
public sealed class GetApiPages(ApiPages pages, ILogger<GetApiPages> logger)
{
    /// <summary>The page and its files; 301 from <c>docs</c> to the page.</summary>
    [Function(nameof(GetApiPages))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/docs/{file?}")] HttpRequest request) =>
        Answers.OfAsync(request, logger, () => AnswerAsync(request));

    private async Task<IActionResult> AnswerAsync(HttpRequest request)
    {
        await pages.AnswerAsync(request.HttpContext);
        return new EmptyResult();
    }
}
