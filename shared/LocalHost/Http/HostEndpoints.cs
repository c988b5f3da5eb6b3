namespace LocalHost.Http;

/// <summary>The host's own addresses: the extensions' webhooks, and its status.</summary>
internal sealed class HostEndpoints(FunctionKeys keys, WebHookAddresses webHooks, WorkerSupervisor worker, HostHealth health)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map($"{WebHookAddresses.Path}/{{extension}}/{{**rest}}", CallExtensionAsync);
        routes.MapMethods("admin/host/status", [HttpMethods.Get, HttpMethods.Head], http => !keys.Admits(http, "admin") ? Task.CompletedTask : http.Response.WriteAsJsonAsync(new
        {
            state = worker.ProcessId is null ? "Starting" : "Running",
            processId = Environment.ProcessId,
            workerPid = worker.ProcessId,
            lastLook = health.LastLook,
            fault = health.Fault,
        }));
    }

    private async Task CallExtensionAsync(HttpContext http)
    {
        if (!keys.Admits(http, "system"))
            return;
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        if (webHooks.Find(http.Request.RouteValues["extension"]!.ToString()!) is not { } extension)
            return;
        // Extensions don't know HEAD; the server leaves out the body.
        var method = HttpMethods.IsHead(http.Request.Method) ? HttpMethod.Get : new HttpMethod(http.Request.Method);
        using var request = new HttpRequestMessage(method, Microsoft.AspNetCore.Http.Extensions.UriHelper.GetEncodedUrl(http.Request)) { Content = new StreamContent(http.Request.Body) };
        await HttpTransformer.Default.TransformRequestAsync(http, request, "", http.RequestAborted);
        using var response = await extension.ConvertAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        await HttpTransformer.Default.TransformResponseAsync(http, response, http.RequestAborted);
        await (response.Content?.CopyToAsync(http.Response.Body, http.RequestAborted) ?? Task.CompletedTask);
    }
}
