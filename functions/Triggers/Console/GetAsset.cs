using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Radiomics.Pages;
using RadiomicsFunctions.Api;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Triggers.Console;

/// <summary>The files that pages load: styles and scripts. A page names the version that it was made with, so that browsers keep a file until there is another.</summary>
public sealed class GetAsset(ILogger<GetAsset> logger)
{
    /// <summary>200 with the file, or 404.</summary>
    [Function(nameof(GetAsset))]
    [Hidden]
    public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "assets/{file}")] HttpRequest request, string file) =>
        Answers.OfAsync(request, logger, () => Task.FromResult(Answer(request, file)));

    private static IActionResult Answer(HttpRequest request, string file)
    {
        if (PageAssets.Find(file) is not { } asset)
        {
            return new NotFoundResult();
        }

        var response = request.HttpContext.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.GetTypedHeaders().CacheControl = request.Query["v"] == asset.Version
            ? new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromDays(365), Extensions = { new NameValueHeaderValue("immutable") } }
            : new CacheControlHeaderValue { NoCache = true };
        if (asset.Packed is not { } packed)
        {
            return new FileContentResult(asset.Content, asset.ContentType);
        }

        response.Headers.Vary = "Accept-Encoding";
        if (!request.GetTypedHeaders().AcceptEncoding.Any(taken => taken.Value == "gzip" && taken.Quality is null or > 0))
        {
            return new FileContentResult(asset.Content, asset.ContentType);
        }

        response.Headers.ContentEncoding = "gzip";
        return new FileContentResult(packed, asset.ContentType);
    }
}
