using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pipeline;

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

    /// <summary>A problem.</summary>
    public static IActionResult Problem(HttpRequest request, int status, string code, string detail) => Content(
        new ProblemBody($"urn:radiomics:problem:{code}", Title(code), status, detail, code, request.Path.Value ?? ""),
        status,
        "application/problem+json; charset=utf-8");

    private static ContentResult Content<T>(T value, int status, string contentType) => new()
    {
        StatusCode = status,
        ContentType = contentType,
        Content = JsonSerializer.Serialize(value, RadiomicsJson.Options),
    };

    private static int StatusOf(string code) => code switch
    {
        "UnknownCenter" or "BlobNotFound" => 404,
        "RequestTooLarge" => 413,
        "UnsupportedMediaType" => 415,
        "IdempotencyKeyReused" => 422,
        _ => 400,
    };

    // "RequestTooLarge" → "Request too large".
    private static string Title(string code) =>
        string.Concat(code.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, string Instance);
}
