using System.Globalization;
using System.Text.Json;
using LocalRuntime.Functions.Durable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Hosting;

/// <summary>The management endpoints of Durable Functions under their real paths: start, query, signal, end and purge instances.</summary>
internal sealed class DurableEndpoints(Lazy<DurableTaskHub> hub, FunctionKeys keys, HostSettings settings)
{
    private const string Root = "runtime/webhooks/durabletask";

    private DurableTaskClient Client => hub.Value.Client;

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "GET", "instances", ListAsync);
        Map(routes, "DELETE", "instances", PurgeManyAsync);
        Map(routes, "GET", "instances/{id}", GetAsync);
        Map(routes, "DELETE", "instances/{id}", PurgeAsync);
        Map(routes, "POST", "instances/{id}/raiseEvent/{eventName}", RaiseEventAsync);
        Map(routes, "POST", "instances/{id}/terminate", (http, stop) => ChangeAsync(http, (id, reason) => Client.TerminateInstanceAsync(id, reason, stop)));
        Map(routes, "POST", "instances/{id}/suspend", (http, stop) => ChangeAsync(http, (id, reason) => Client.SuspendInstanceAsync(id, reason, stop)));
        Map(routes, "POST", "instances/{id}/resume", (http, stop) => ChangeAsync(http, (id, reason) => Client.ResumeInstanceAsync(id, reason, stop)));
        Map(routes, "POST", "orchestrators/{name}/{id?}", StartAsync);
    }

    private void Map(IEndpointRouteBuilder routes, string method, string path, Func<HttpContext, CancellationToken, Task<IResult>> run) =>
        routes.MapMethods($"{Root}/{path}", [method], async http =>
        {
            var result = keys.Admits(http.Request, AuthorizationLevel.System) ? await AnswerAsync(http, run) : Results.Unauthorized();
            await result.ExecuteAsync(http);
        });

    private static async Task<IResult> AnswerAsync(HttpContext http, Func<HttpContext, CancellationToken, Task<IResult>> run)
    {
        try
        {
            return await run(http, http.RequestAborted);
        }
        catch (InstanceNotFoundException)
        {
            return Results.NotFound();
        }
        catch (InstanceEndedException)
        {
            return Results.StatusCode(StatusCodes.Status410Gone);
        }
        catch (OrchestrationAlreadyExistsException e)
        {
            return Problem(StatusCodes.Status409Conflict, e.Message);
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException)
        {
            return Problem(StatusCodes.Status400BadRequest, e.Message);
        }
    }

    private async Task<IResult> StartAsync(HttpContext http, CancellationToken cancellation)
    {
        var input = await BodyAsync(http, cancellation);
        var options = Value(http, "id") is { } id ? new StartOrchestrationOptions(id) : null;
        var started = await Client.ScheduleNewOrchestrationInstanceAsync(Value(http, "name")!, input, options, cancellation);
        var urls = Urls(http, started);
        http.Response.Headers.Location = urls["statusQueryGetUri"];
        http.Response.Headers.RetryAfter = "10";
        return Results.Json(urls, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<IResult> GetAsync(HttpContext http, CancellationToken cancellation)
    {
        var id = Value(http, "id")!;
        var instance = await Client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        if (instance is null)
            return Results.NotFound();
        var running = !instance.IsCompleted;
        if (running)
        {
            http.Response.Headers.Location = Urls(http, id)["statusQueryGetUri"];
            http.Response.Headers.RetryAfter = "10";
        }
        var history = Flag(http, "showHistory", false) && await hub.Value.GetHistoryAsync(id, cancellation) is { } events
            ? HistoryView.Of(events, Flag(http, "showHistoryOutput", false))
            : null;
        var view = new InstanceView(instance, Flag(http, "showInput", true), history);
        return Results.Json(view, InstanceView.Json, statusCode: running ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    private async Task<IResult> ListAsync(HttpContext http, CancellationToken cancellation)
    {
        var top = int.TryParse(http.Request.Query["top"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 100;
        var token = http.Request.Headers["x-ms-continuation-token"].FirstOrDefault();
        var query = new OrchestrationQuery(
            Time(http, "createdTimeFrom"), Time(http, "createdTimeTo"), Statuses(http), null,
            http.Request.Query["instanceIdPrefix"].FirstOrDefault(), top, FetchInputsAndOutputs: true, string.IsNullOrEmpty(token) ? null : token);
        var showInput = Flag(http, "showInput", true);
        await foreach (var page in Client.GetAllInstancesAsync(query).AsPages(query.ContinuationToken, top).WithCancellation(cancellation))
        {
            if (page.ContinuationToken is { } next)
                http.Response.Headers["x-ms-continuation-token"] = next;
            return Results.Json(page.Values.Select(i => new InstanceView(i, showInput)), InstanceView.Json);
        }
        return Results.Json(Array.Empty<InstanceView>(), InstanceView.Json);
    }

    private async Task<IResult> PurgeAsync(HttpContext http, CancellationToken cancellation)
    {
        var purged = await Client.PurgeInstanceAsync(Value(http, "id")!, cancellation);
        return purged.PurgedInstanceCount == 0 ? Results.NotFound() : Results.Json(new { instancesDeleted = purged.PurgedInstanceCount });
    }

    private async Task<IResult> PurgeManyAsync(HttpContext http, CancellationToken cancellation)
    {
        if (Time(http, "createdTimeFrom") is not { } from)
            return Problem(StatusCodes.Status400BadRequest, "Say from when on with createdTimeFrom.");
        var purged = await Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(from, Time(http, "createdTimeTo"), Statuses(http)), cancellation);
        return purged.PurgedInstanceCount == 0 ? Results.NotFound() : Results.Json(new { instancesDeleted = purged.PurgedInstanceCount });
    }

    private async Task<IResult> RaiseEventAsync(HttpContext http, CancellationToken cancellation) =>
        await ChangeAsync(http, async (id, _) => await Client.RaiseEventAsync(id, Value(http, "eventName")!, await BodyAsync(http, cancellation), cancellation));

    /// <summary>A change of a running instance: 202, or 404 and 410 where there is none or it has ended.</summary>
    private async Task<IResult> ChangeAsync(HttpContext http, Func<string, string?, Task> change)
    {
        var id = Value(http, "id")!;
        var instance = await Client.GetInstanceAsync(id, http.RequestAborted) ?? throw new InstanceNotFoundException(id);
        if (instance.IsCompleted)
            throw new InstanceEndedException(id, instance.RuntimeStatus.ToString());
        await change(id, http.Request.Query["reason"].FirstOrDefault());
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>The payload that a started instance is announced with.</summary>
    private Dictionary<string, string> Urls(HttpContext http, string id)
    {
        var code = keys.SystemKey is { } key ? "&code=" + Uri.EscapeDataString(key) : "";
        var query = $"taskHub={Uri.EscapeDataString(settings.HubName)}&connection=Storage{code}";
        var instance = $"{http.Request.Scheme}://{http.Request.Host}/{Root}/instances/{Uri.EscapeDataString(id)}";
        return new Dictionary<string, string>
        {
            ["id"] = id,
            ["statusQueryGetUri"] = $"{instance}?{query}",
            ["sendEventPostUri"] = $"{instance}/raiseEvent/{{eventName}}?{query}",
            ["terminatePostUri"] = $"{instance}/terminate?reason={{text}}&{query}",
            ["purgeHistoryDeleteUri"] = $"{instance}?{query}",
            ["suspendPostUri"] = $"{instance}/suspend?reason={{text}}&{query}",
            ["resumePostUri"] = $"{instance}/resume?reason={{text}}&{query}",
        };
    }

    private static async Task<object?> BodyAsync(HttpContext http, CancellationToken cancellation)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync(cancellation);
        return string.IsNullOrWhiteSpace(text) ? null : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static OrchestrationRuntimeStatus[]? Statuses(HttpContext http)
    {
        var text = http.Request.Query["runtimeStatus"].ToString();
        return text.Length == 0 ? null : [.. text.Split(',').Select(s => Enum.Parse<OrchestrationRuntimeStatus>(s.Trim(), ignoreCase: true))];
    }

    private static DateTimeOffset? Time(HttpContext http, string name) =>
        http.Request.Query[name].FirstOrDefault() is { Length: > 0 } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : null;

    private static bool Flag(HttpContext http, string name, bool otherwise) =>
        bool.TryParse(http.Request.Query[name], out var value) ? value : otherwise;

    private static string? Value(HttpContext http, string name) => http.Request.RouteValues[name] as string;

    private static IResult Problem(int status, string message) => Results.Json(new { message }, statusCode: status);
}
