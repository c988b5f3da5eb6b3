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

    /// <summary>Which of some media types the caller would have: the one it likes best, of those it likes alike the first; null if it takes none of them.</summary>
    public static string? PreferredOf(HttpRequest request, IReadOnlyList<string> offered)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0
            ? offered[0]
            : offered.Select(type => (Type: type, Quality: QualityOf(type))).Where(one => one.Quality > 0).OrderByDescending(one => one.Quality).FirstOrDefault().Type;

        // The most particular of those that fit counts (RFC 9110, 12.5.1).
        double QualityOf(string type) => accepted
            .Where(range => range.MatchesAllTypes || (range.MatchesAllSubTypes ? type.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase) : range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }

    /// <summary>Says where something below the request's address is.</summary>
    public static void SetLocation(HttpRequest request, string below) =>
        request.HttpContext.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path.Value!.TrimEnd('/')}/{below}";

    /// <summary>Says where a prediction is, maybe of another center than the one whose address was called.</summary>
    public static void SetPredictionLocation(HttpRequest request, string center, string predictionId)
    {
        var path = request.Path.Value!;
        var api = path[..path.IndexOf("/centers/", StringComparison.Ordinal)];
        request.HttpContext.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.PathBase}{api}/centers/{center}/predictions/{predictionId}";
    }
}
