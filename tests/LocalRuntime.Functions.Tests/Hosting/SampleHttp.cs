using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Tests.Hosting;

public sealed class SampleHttp(Calls calls)
{
    [Function("Hello")]
    public static IActionResult Hello([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        new ContentResult { StatusCode = 200, ContentType = "text/plain", Content = "hello " + request.Query["who"] };

    [Function("Item")]
    public async Task<IActionResult> ItemAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "put", Route = "centers/{center}/items/{id:int}")] HttpRequest request,
        string center, int id, FunctionContext context, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(cancellation);
        calls.Add($"{request.Method} {center} {id} {body.Length}");
        return new OkObjectResult(new { center, id, context.FunctionDefinition.Name, body.Length });
    }

    [Function("Guid")]
    public static IActionResult Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "guid/{value}")] HttpRequest request, Guid value) =>
        new OkObjectResult(new { value, request.Method });

    [Function("Stream")]
    public static IActionResult Stream([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        new FileStreamResult(new MemoryStream([1, 2, 3]), "application/octet-stream") { FileDownloadName = request.Query["name"] };

    [Function("Plain")]
    public static Task<SampleAnswer> PlainAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        Task.FromResult(new SampleAnswer(request.Method, 3));

    [Function("Broken")]
    public static IActionResult Broken([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        throw new InvalidOperationException("secret of " + request.Path);
}

public sealed record SampleAnswer(string Method, int Number);
