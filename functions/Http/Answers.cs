using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Http;

/// <summary>Answers of the HTTP doors: the product's JSON, and problems (RFC 9457) with a stable code.</summary>
internal static class Answers
{
    /// <summary>Runs a door; the one place where what it throws becomes a problem.</summary>
    public static async Task<IActionResult> OfAsync(HttpRequest request, ILogger logger, Func<Task<IActionResult>> door)
    {
        try
        {
            return await door();
        }
        catch (RadiomicsException e)
        {
            return Problem(request, StatusOf(e.Code), e.Code, e.Detail);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == 413
                ? Problem(request, 413, "RequestTooLarge", "The body is larger than this service accepts.")
                : Problem(request, 400, "InvalidRequest", "The body could not be read to its end. Send it again.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.RequestFailed(StepFault.Describe(e), e.StackTrace);
            return Problem(request, 500, "InternalFault", "The service could not handle the request; nothing is wrong with it. Send it again.");
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
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        return Fixed(request, html, "text/html; charset=utf-8");
    }

    /// <summary>A problem.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable code.</param>
    /// <param name="detail">A sentence that the caller can act on.</param>
    /// <param name="report">What was found in a cohort.</param>
    public static IActionResult Problem(HttpRequest request, int status, string code, string detail, CohortReport? report = null) => Content(
        new ProblemBody($"urn:radiomics:problem:{code}", Title(code), status, detail, code, request.Path.Value ?? "", report),
        status,
        "application/problem+json; charset=utf-8");

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

    private static int StatusOf(string code) => code switch
    {
        "UnknownCenter" or "BlobNotFound" or "CohortUnknown" or "RetrainingNotFound" or "ModelNotFound" or "ModelVersionUnknown" => 404,
        "NothingToApprove" or "OtherModelWaits" or "FieldStrengthMissing" or "NothingToRollBackTo" or "PointerMoved" or "ModelUnusable" => 409,
        "RequestTooLarge" or "UploadInstead" => 413,
        "UnsupportedMediaType" => 415,
        "IdempotencyKeyReused" or "CohortInvalid" => 422,
        _ => 400,
    };

    // "RequestTooLarge" → "Request too large".
    private static string Title(string code) =>
        string.Concat(code.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private sealed record ProblemBody(
        string Type, string Title, int Status, string Detail, string Code, string Instance,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CohortReport? Report);
}
