using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace RadiomicsFunctions.Api;

/// <summary>
/// Swagger UI over <c>openapi.json</c>, out of the package's own assembly: no file of it comes from another host, and the page may load none from there.
/// </summary>
public sealed class ApiPages
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly RequestDelegate _pages;

    /// <summary>The pages below <c>/api/docs</c>.</summary>
    public ApiPages(IServiceProvider services)
    {
        var options = new SwaggerUIOptions { RoutePrefix = "api/docs", DocumentTitle = "Radiomics service" };
        options.SwaggerEndpoint("/api/openapi.json", "Radiomics service");
        options.EnableValidator(null);
        options.DefaultModelsExpandDepth(0);
        options.DisplayRequestDuration();
        options.EnableDeepLinking();
        var pipeline = new ApplicationBuilder(services).UseSwaggerUI(options);
        pipeline.Run(NotFound);
        _pages = pipeline.Build();
    }

    /// <summary>Answers a request with the page, one of its files, or 404.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return _pages(context);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
