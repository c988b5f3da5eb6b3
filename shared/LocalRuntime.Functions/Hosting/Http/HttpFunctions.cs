using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Serves the HTTP functions on their routes.</summary>
internal sealed class HttpFunctions(FunctionCatalog catalog, FunctionInvoker invoker, FunctionKeys keys, HostSettings settings)
{
    /// <summary>The route of an HTTP function with the prefix, without a leading slash.</summary>
    public static string Route(FunctionEntry function, HostSettings settings)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        return $"{settings.RoutePrefix}/{(trigger.Route ?? function.Name).TrimStart('/')}".TrimStart('/');
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var function in catalog.OfKind(FunctionKind.Http))
        {
            var endpoint = Methods(function) is { Length: > 0 } methods
                ? routes.MapMethods(Route(function, settings), methods, context => RunAsync(function, context))
                : routes.Map(Route(function, settings), context => RunAsync(function, context));
            endpoint.WithDisplayName(function.Name);
        }
    }

    /// <summary>The methods of a function in capitals; empty is all.</summary>
    public static string[] Methods(FunctionEntry function) =>
        [.. (((HttpTriggerAttribute)function.Trigger).Methods ?? []).Select(m => m.ToUpperInvariant())];

    private async Task RunAsync(FunctionEntry function, HttpContext http)
    {
        if (!keys.Admits(http.Request, ((HttpTriggerAttribute)function.Trigger).AuthLevel))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        object? result;
        try
        {
            result = await invoker.InvokeAsync(function, Data(http), http.RequestAborted);
            await WriteAsync(http, result);
        }
        catch (Exception) when (!http.Response.HasStarted)
        {
            // The invoker has logged it; the caller learns no more than the real host tells.
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static TriggerData Data(HttpContext http)
    {
        var named = TriggerData.NewNames();
        foreach (var (key, value) in http.Request.Query)
            named[key] = value.ToString();
        foreach (var (key, value) in http.Request.RouteValues)
            named[key] = value;
        return new TriggerData
        {
            Named = named,
            Services = http.RequestServices,
            Value = (_, _) => ValueTask.FromResult<object?>(http.Request),
        };
    }

    private static Task WriteAsync(HttpContext http, object? result)
    {
        switch (result)
        {
            case IActionResult action:
                return action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
            case IResult minimal:
                return minimal.ExecuteAsync(http);
            case null:
                return Task.CompletedTask;
            case string text:
                http.Response.ContentType = "text/plain; charset=utf-8";
                return http.Response.WriteAsync(text, http.RequestAborted);
            default:
                return http.Response.WriteAsJsonAsync(result, result.GetType(), http.RequestAborted);
        }
    }
}
