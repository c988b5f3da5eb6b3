using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Triggers;

/// <summary>The report of a prediction as it was stored with it: a page in English or Chinese, the record, a FHIR bundle or a DICOM structured report.</summary>
public sealed class GetReport(ReportQuery reports, ILogger<GetReport> logger)
{
    // In the order in which they are taken where the request likes several alike.
    private static readonly (string MediaType, string Extension)[] s_forms =
    [
        ("text/html", PredictionReports.Html),
        ("application/json", PredictionReports.Json),
        ("application/fhir+json", PredictionReports.Fhir),
        ("application/dicom", PredictionReports.Sr),
    ];

    /// <summary>200 with the report, 304 to who has it; problems <c>PredictionNotFound</c>, <c>ReportNotReady</c>, <c>NoReport</c>, <c>NotAcceptable</c>.</summary>
    [Function(nameof(GetReport))]
    [Operation(ApiTags.Predictions, "The report of a prediction")]
    [Parameter(ParameterLocation.Header, "Accept", "The form: `text/html` (a page, also if nothing is asked for), `application/json` (the record), `application/fhir+json` (a FHIR R4 bundle) or `application/dicom` (a structured report).")]
    [Parameter(ParameterLocation.Query, ReportLanguage.Parameter, ReportLanguage.ParameterText, Values = ["en", "zh"])]
    [Parameter(ParameterLocation.Header, "Accept-Language", "The language of the page where the address names none.")]
    [Parameter(ParameterLocation.Header, "If-None-Match", "The `ETag` of a report that the caller has.")]
    [Returns(
        200,
        "The report as it was stored with the prediction; it stays as it is.",
        MediaTypes = ["text/html", "application/json", "application/fhir+json", "application/dicom"],
        Headers = ["ETag: the SHA-256 of the report", "Content-Language: the language of the page; the other forms have none"])]
    [Returns(304, "The caller has it.")]
    [Problems("PredictionNotFound", "ReportNotReady", "NoReport", "NotAcceptable", AlteredException.RecordCode, AlteredException.PartCode)]
    public Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/centers/{center}/predictions/{id}/report")] HttpRequest request,
        string center,
        string id,
        [DurableClient] DurableTaskClient client) =>
        Answers.OfAsync(request, logger, async () =>
        {
            var form = RequestHeaders.PreferredOf(request, [.. s_forms.Select(form => form.MediaType)])
                ?? throw new RadiomicsException("NotAcceptable", $"A report can be had as {string.Join(", ", s_forms.Select(form => form.MediaType))}; the header Accept asks for none of them.");
            var extension = s_forms.Single(known => known.MediaType == form).Extension;
            if (extension == PredictionReports.Html)
            {
                var language = ReportLanguage.Of(request);
                extension = PredictionReports.Pages.Single(page => page.Language == language).Extension;
            }

            return Answers.Report(request, await reports.GetAsync(client, center, id, extension, request.HttpContext.RequestAborted));
        });
}
