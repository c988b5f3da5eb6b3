using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace SampleApp;

public sealed class HttpFunctions(Calls calls, IConfiguration configuration, ILogger<HttpFunctions> logger)
{
    private static readonly TaskCompletionSource _released = new();

    [Function("Hello")]
    public static IActionResult Hello([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        new ContentResult { StatusCode = 200, ContentType = "text/plain", Content = "hello " + request.Query["who"] };

    [Function("Item")]
    public async Task<IActionResult> ItemAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "put", Route = "centers/{center}/items/{id:int}")] HttpRequest request,
        string center, int id, FunctionContext context, CancellationToken cancellation)
    {
        // As the product does: the worker's server takes 30 MB otherwise.
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        var buffer = new byte[1 << 16];
        long length = 0;
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;)
            length += read;
        await calls.AddAsync("Item", $"{request.Method} {center} {id} {length}");
        return new OkObjectResult(new { center, id, context.FunctionDefinition.Name, length });
    }

    /// <summary>The address that the caller used, as the function sees it.</summary>
    [Function("Address")]
    public static IActionResult Address([HttpTrigger(AuthorizationLevel.Anonymous, "get", "delete", Route = "address/{**rest}")] HttpRequest request) =>
        new ContentResult { Content = $"{request.Method} {request.GetEncodedUrl()}" };

    [Function("Download")]
    public static IActionResult Download([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        var length = int.Parse(request.Query["length"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        return new FileStreamResult(new MemoryStream(new byte[length]), "application/octet-stream") { FileDownloadName = request.Query["name"] };
    }

    [Function("Nothing")]
    public static IActionResult Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) => new NoContentResult();

    [Function("Moved")]
    public static IActionResult Moved([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        request.HttpContext.Response.Cookies.Append("seen", "yes");
        return new RedirectResult($"{request.Scheme}://{request.Host}/api/Hello?who=moved");
    }

    [Function("Broken")]
    public static IActionResult Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException("secret of " + request.Path);

    /// <summary>Answers in two parts; the second is sent when <see cref="Release"/> was called.</summary>
    [Function("Trickle")]
    public static async Task TrickleAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        var response = request.HttpContext.Response;
        await response.WriteAsync("first,");
        await response.Body.FlushAsync();
        await _released.Task;
        await response.WriteAsync("last");
    }

    [Function("Release")]
    public static IActionResult Release([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        _released.TrySetResult();
        return new NoContentResult();
    }

    /// <summary>A setting as the worker sees it.</summary>
    [Function("Setting")]
    public IActionResult Setting([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "settings/{name}")] HttpRequest request, string name) =>
        configuration[name] is { } value ? new ContentResult { Content = value } : new NotFoundResult();

    [Function("Note")]
    public IActionResult Note([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        logger.LogInformation("Noted for your information: {Text}", request.Query["text"].ToString());
        logger.LogDebug("Noted for a debugger: {Text}", request.Query["text"].ToString());
        return new NoContentResult();
    }

    /// <summary>Takes its time; tells when it began and when it was done.</summary>
    [Function("Slow")]
    public async Task<IActionResult> SlowAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post")] HttpRequest request)
    {
        await calls.AddAsync("Slow", $"{request.Query["id"]} began");
        await Task.Delay(TimeSpan.FromSeconds(int.Parse(request.Query["seconds"].ToString(), System.Globalization.CultureInfo.InvariantCulture)));
        return new ContentResult { Content = "done" };
    }

    /// <summary>Never ends, and doesn't hear that it should.</summary>
    [Function("Hang")]
    public async Task<IActionResult> HangAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await calls.AddAsync("Hang", request.Query["id"].ToString());
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return new NoContentResult();
    }

    /// <summary>Takes the worker with it.</summary>
    [Function("Exit")]
    public static IActionResult Exit([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        Environment.Exit(3);
        return new NoContentResult();
    }
}
