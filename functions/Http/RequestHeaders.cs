using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Http;

/// <summary>What the doors read from a request besides its body.</summary>
internal static class RequestHeaders
{
    /// <summary>Name of the header with a caller's own key for an order.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>What the OpenAPI document says of the header that <see cref="SetLocation"/> sets.</summary>
    public const string LocationText = "Location: where to ask how far it is";

    /// <summary>The Idempotency-Key; null if there is none.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidIdempotencyKey</c>.</exception>
    public static string? IdempotencyKeyOf(HttpRequest request)
    {
        var values = request.Headers[KeyHeader];
        if (values.Count == 0)
        {
            return null;
        }

        return values.Count == 1 && values[0] is { } key && IdempotencyKeys.IsValid(key)
            ? key
            : throw new RadiomicsException("InvalidIdempotencyKey", "Idempotency-Key must be one value of 1 to 200 visible ASCII characters.");
    }

    /// <summary>The body's media type in lower case; empty if the request names none.</summary>
    public static string MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType?.ToLowerInvariant() ?? "" : "";

    /// <summary>Whether the caller would rather have a page than JSON, as browsers would.</summary>
    public static bool PrefersHtml(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return QualityOf("text/html") > QualityOf("application/json");

        // Only types that are named count: */* is whatever we have.
        double QualityOf(string type) => accepted.Where(a => a.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(a => a.Quality ?? 1).DefaultIfEmpty(0).Max();
    }

    /// <summary>Says where something below the request's address is.</summary>
    public static void SetLocation(HttpRequest request, string below) =>
        request.HttpContext.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path.Value!.TrimEnd('/')}/{below}";
}
