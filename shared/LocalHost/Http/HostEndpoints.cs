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
        if (webHooks.Find(http.Request.RouteValues["extension"]!.ToString()!) is not { } extension)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        using var request = Message(http.Request);
        using var response = await extension.ConvertAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
        {
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                http.Response.Headers[name] = values.ToArray();
        }
        if (response.Content is { } content)
            await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static HttpRequestMessage Message(HttpRequest request)
    {
        var message = new HttpRequestMessage(HttpMethods.IsHead(request.Method) ? HttpMethod.Get : new HttpMethod(request.Method), Microsoft.AspNetCore.Http.Extensions.UriHelper.GetEncodedUrl(request)) { Content = new StreamContent(request.Body) };
        foreach (var (name, values) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray()))
                message.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        return message;
    }
}
