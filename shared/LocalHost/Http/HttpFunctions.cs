namespace LocalHost.Http;

/// <summary>Serves the HTTP functions on their routes: each request becomes a call of its function, which sends it on to the worker's own web server.</summary>
internal sealed class HttpFunctions(FunctionCatalog catalog, Func<IJobHost> jobs, FunctionKeys keys, HttpForwarding forwarding, HostSettings settings, HostHealth health)
{
    /// <summary>The route of an HTTP function with the prefix, without a leading slash.</summary>
    public static string Route(FunctionDefinition function, HostSettings settings) =>
        $"{settings.RoutePrefix}/{(function.Trigger.Text("route") ?? function.Name).TrimStart('/')}".TrimStart('/');

    /// <summary>The methods of a function in capitals; empty is all.</summary>
    public static string[] Methods(FunctionDefinition function) => [.. function.Trigger.Texts("methods").Select(method => method.ToUpperInvariant())];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var function in catalog.All.Where(function => function.IsHttp))
        {
            string[] methods = Methods(function) is var listed && listed.Contains(HttpMethods.Get) ? [.. listed, HttpMethods.Head] : listed; // HEAD is where GET is.
            _ = methods.Length > 0
                ? routes.MapMethods(Route(function, settings), methods.Distinct(), http => RunAsync(function, http))
                : routes.Map(Route(function, settings), http => RunAsync(function, http));
        }
    }

    private async Task RunAsync(FunctionDefinition function, HttpContext http)
    {
        if (!keys.Admits(http, (function.Trigger.Text("authLevel") ?? "function").ToLowerInvariant()))
            return;
        if (health.Fault is { } fault && settings.HealthRoutes.Contains(Route(function, settings), StringComparer.OrdinalIgnoreCase))
        {
            await Problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "NotListening", fault);
            return;
        }
        var call = new HttpCall(http, forwarding.SendAsync);
        try
        {
            await RunToEndAsync(function, call);
        }
        catch (Exception) when (!http.Response.HasStarted)
        {
            // The SDK has logged it; the caller learns no more than the real host tells.
            call.LostItsWorker |= health.AreListenersDown;
            http.Response.Clear();
            http.Response.StatusCode = call.LostItsWorker ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            if (call.LostItsWorker)
                http.Response.Headers.RetryAfter = "5";
        }
        catch (Exception)
        {
            // The answer is out, and whole: one that breaks off in the middle the forwarder has aborted.
        }
    }

    private async Task RunToEndAsync(FunctionDefinition function, HttpCall call)
    {
        try
        {
            await jobs().CallAsync(function.LogName, new Dictionary<string, object> { [function.Trigger.Name] = call }, call.Http.RequestAborted);
        }
        finally
        {
            await call.EndAsync();
        }
    }
}
