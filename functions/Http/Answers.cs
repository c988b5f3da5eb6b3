using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Http;

/// <summary>Answers of the HTTP doors: the product's JSON, and problems (RFC 9457) with a stable code.</summary>
internal static class Answers
{
    private const string Sealed = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";
    private const string ReportVary = "Accept, Accept-Language";

    /// <summary>Runs a door; the one place where what it throws becomes a problem.</summary>
    public static async Task<IActionResult> OfAsync(HttpRequest request, ILogger logger, Func<Task<IActionResult>> door)
    {
        try
        {
            return await door();
        }
        catch (RadiomicsException e)
        {
            if (AlteredException.Says(e.Code))
            {
                logger.Altered(e.Detail);
            }

            if (e is BusyException busy)
            {
                request.HttpContext.Response.Headers.RetryAfter = busy.RetryAfter.ToString(CultureInfo.InvariantCulture);
            }

            return Problem(request, e.Code, e.Detail);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == 413
                ? Problem(request, "RequestTooLarge", "The body is larger than this service accepts.")
                : Problem(request, "InvalidRequest", "The body could not be read to its end. Send it again.");
        }
        // Nobody waits any more for an answer to what was cancelled.
        catch (Exception e) when (e is not OperationCanceledException || !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            logger.RequestFailed(StepFault.Describe(e), e.StackTrace);
            return Problem(request, PredictionError.InternalFault, "The service could not handle the request; nothing is wrong with it. Send it again.");
        }
    }

    /// <summary>A JSON answer.</summary>
    public static IActionResult Json<T>(T value, int status = 200) => Content(value, status, "application/json; charset=utf-8");

    /// <summary>JSON that is stored as it is to be sent.</summary>
    public static IActionResult Stored(HttpRequest request, BinaryData json) => Fixed(request, json, "application/json; charset=utf-8");

    /// <summary>A page that is stored, or made of what is stored: whatever got into it, a browser runs nothing of it and loads nothing for it.</summary>
    public static IActionResult Page(HttpRequest request, BinaryData html)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Sealed + "; frame-ancestors 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        return Fixed(request, html, "text/html; charset=utf-8");
    }

    /// <summary>A report's page for the frame that the console has for it: as <see cref="Page"/>, but that it may be framed there, printed, and left by its links.</summary>
    public static IActionResult Framed(HttpRequest request, ReportFile report)
    {
        var answer = Page(request, report.Content);
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Sealed + "; frame-ancestors 'self'; sandbox allow-same-origin allow-modals allow-top-navigation-by-user-activation";
        headers.ContentLanguage = PredictionReports.LanguageOf(report.Extension);
        headers.Vary = ReportVary;
        return answer;
    }

    /// <summary>A report as it is stored, under its digest: who says that it has it is told so (304).</summary>
    public static IActionResult Report(HttpRequest request, ReportFile report)
    {
        var answer = Known(request, report);
        request.HttpContext.Response.Headers.Vary = ReportVary;
        return answer;
    }

    private static IActionResult Known(HttpRequest request, ReportFile report)
    {
        var headers = request.HttpContext.Response.GetTypedHeaders();
        headers.ETag = new EntityTagHeaderValue($"\"{Digest.Of(report.Content)}\"");
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known == EntityTagHeaderValue.Any || known.Compare(headers.ETag, useStrongComparison: false)))
        {
            return new StatusCodeResult(StatusCodes.Status304NotModified);
        }

        if (PredictionReports.LanguageOf(report.Extension) is not { } language)
        {
            return Fixed(request, report.Content, report.ContentType);
        }

        request.HttpContext.Response.Headers.ContentLanguage = language;
        return Page(request, report.Content);
    }

    /// <summary>A problem, with the HTTP status that the catalogue has for its code.</summary>
    /// <param name="request">The request.</param>
    /// <param name="code">Stable code, of <see cref="ErrorCatalogue"/>.</param>
    /// <param name="detail">A sentence that the caller can act on.</param>
    /// <param name="report">What was found in a cohort.</param>
    public static IActionResult Problem(HttpRequest request, string code, string detail, CohortReport? report = null)
    {
        var status = ErrorCatalogue.StatusOf(code);
        return Content(ApiProblem.Of(code, status, detail, request.Path.Value ?? "", report), status, ApiProblem.MediaType + "; charset=utf-8");
    }

    private static FileContentResult Fixed(HttpRequest request, BinaryData content, string contentType)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept";
        return new FileContentResult(content.ToArray(), contentType);
    }

    private static ContentResult Content<T>(T value, int status, string contentType) => new()
    {
        StatusCode = status,
        ContentType = contentType,
        Content = JsonSerializer.Serialize(value, RadiomicsJson.Options),
    };
}
