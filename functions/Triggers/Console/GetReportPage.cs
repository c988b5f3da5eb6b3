using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Radiomics.Pages.Console.Reports;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Console;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>The report of a study, in a frame with its languages, printing and the way back.</summary>
public sealed class GetReportPage(ConsoleDesk desk, ReportQuery reports)
{
    /// <summary>200 with the page; with <c>?part=document</c> what is in its frame: the report as it is stored. Problems <c>PredictionNotFound</c>, <c>ReportNotReady</c>, <c>NoReport</c>, <c>NotAcceptable</c>, <c>RecordAltered</c>.</summary>
    [Function(nameof(GetReportPage))]
    [Hidden]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "centers/{center}/studies/{id}/report")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        var cancellation = request.HttpContext.RequestAborted;
        return request.Query["part"] == "document"
            ? desk.GuardAsync(request, center, async () =>
            {
                var language = ReportLanguage.Of(request);
                var extension = PredictionReports.Pages.Single(page => page.Language == language).Extension;
                return Answers.Framed(request, await reports.GetAsync(client, center, id, extension, cancellation));
            })
            : desk.ShowAsync<ReportFrame>(request, center, async _ => new()
            {
                ["Prediction"] = await reports.PredictionAsync(client, center, id, cancellation),
                ["Language"] = ReportLanguage.Of(request),
            });
    }
}
