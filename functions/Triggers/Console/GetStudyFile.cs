using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Console.Studies;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>The files of a study: its record, its reports for other systems, its features.</summary>
public sealed class GetStudyFile(ConsoleDesk desk, StudyFiles files)
{
    /// <summary>200 with the file, to be saved; problems <c>PredictionNotFound</c>, <c>ReportNotReady</c>, <c>NoReport</c>, <c>StudyFileUnknown</c>.</summary>
    [Function(nameof(GetStudyFile))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/studies/{id}/files/{file}")] HttpRequest request,
        string center,
        string id,
        string file,
        [DurableClient] DurableTaskClient client) =>
        desk.GuardAsync(request, center, async () =>
        {
            var (found, name) = await files.FindAsync(client, center, id, file, request.HttpContext.RequestAborted);
            PagePolicy.Apply(request.HttpContext.Response);
            return new FileContentResult(found.Content.ToArray(), found.ContentType) { FileDownloadName = name };
        });
}
