using Microsoft.AspNetCore.Http;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Http;

/// <summary>Which language a caller would have a page in.</summary>
internal static class ReportLanguage
{
    /// <summary>Name of the query parameter that decides.</summary>
    public const string Parameter = "language";

    /// <summary>What the OpenAPI document says of <see cref="Parameter"/>.</summary>
    public const string ParameterText = "The language of the page: `en` or `zh`. Without it the header Accept-Language decides, and English is taken where that asks for neither.";

    /// <summary>The language: the one that the address names, else the one that <c>Accept-Language</c> likes best, else the first there is.</summary>
    /// <exception cref="RadiomicsException"><c>NotAcceptable</c>: the address names another.</exception>
    public static string Of(HttpRequest request)
    {
        string[] known = [.. PredictionReports.Pages.Select(page => page.Language)];
        if (request.Query[Parameter].ToString() is { Length: > 0 } asked)
        {
            return Fitting(asked, known) ?? throw new RadiomicsException("NotAcceptable", $"A report's page can be had in {string.Join(" and ", known)}; the address asks for another language.");
        }

        return request.GetTypedHeaders().AcceptLanguage
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => range.Value == "*" ? known[0] : Fitting(range.Value.Value ?? "", known))
            .FirstOrDefault(language => language is not null) ?? known[0];
    }

    // zh-Hans-CN asks for zh (RFC 4647, 3.4).
    private static string? Fitting(string range, string[] known) =>
        known.FirstOrDefault(language => range.Equals(language, StringComparison.OrdinalIgnoreCase) || range.StartsWith($"{language}-", StringComparison.OrdinalIgnoreCase));
}
