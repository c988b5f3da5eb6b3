using System.Text.Json;
using Azure.Messaging;
using Azure.Messaging.EventGrid;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Where Event Grid, or who plays it, delivers events: the handshakes and the notifications of both event schemas.</summary>
internal sealed class EventGridWebhook(FunctionCatalog catalog, FunctionInvoker invoker, FunctionKeys keys)
{
    private const string Path = "runtime/webhooks/eventgrid";
    private const long MaxBody = 4 << 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, PostAsync);
        routes.MapMethods(Path, ["OPTIONS"], Options);
    }

    /// <summary>The CloudEvents handshake: any origin may deliver.</summary>
    private Task Options(HttpContext http)
    {
        if (!keys.Admits(http.Request, AuthorizationLevel.System))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
        http.Response.Headers["WebHook-Allowed-Origin"] = http.Request.Headers["WebHook-Request-Origin"];
        http.Response.Headers["WebHook-Allowed-Rate"] = "*";
        return Task.CompletedTask;
    }

    private async Task PostAsync(HttpContext http)
    {
        http.Response.StatusCode = await AnswerAsync(http);
        if (http.Items.TryGetValue(Path, out var answer))
            await http.Response.WriteAsJsonAsync(answer, http.RequestAborted);
    }

    private async Task<int> AnswerAsync(HttpContext http)
    {
        if (!keys.Admits(http.Request, AuthorizationLevel.System))
            return StatusCodes.Status401Unauthorized;
        if (catalog.Find(http.Request.Query["functionName"].ToString(), FunctionKind.EventGrid) is not { } function)
            return StatusCodes.Status404NotFound;
        if (http.Request.ContentLength > MaxBody)
            return StatusCodes.Status413PayloadTooLarge;
        JsonElement[] events;
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            var root = document.RootElement.Clone();
            events = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        }
        catch (JsonException)
        {
            return StatusCodes.Status400BadRequest;
        }
        switch (http.Request.Headers["aeg-event-type"].ToString())
        {
            case "SubscriptionValidation" when events is [{ ValueKind: JsonValueKind.Object } first]
                && first.TryGetProperty("data", out var data) && data.TryGetProperty("validationCode", out var code):
                http.Items[Path] = new { validationResponse = code.GetString() };
                return StatusCodes.Status200OK;
            case "Unsubscribe":
                return StatusCodes.Status202Accepted;
            case "Notification":
            case "" when http.Request.ContentType?.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) == true:
                return await NotifyAsync(function, events, http.RequestAborted);
            default:
                return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>All events of a delivery; a failure of one asks the sender to deliver again.</summary>
    private async Task<int> NotifyAsync(FunctionEntry function, JsonElement[] events, CancellationToken cancellation)
    {
        var batched = ((EventGridTriggerAttribute)function.Trigger).IsBatched;
        TriggerData[] calls = batched
            ? [new TriggerData { Value = (type, _) => ValueTask.FromResult<object?>(Batch(events, type.GetElementType()!)) }]
            : [.. events.Select(e => new TriggerData { Value = (type, _) => ValueTask.FromResult(Event(e, type)) })];
        try
        {
            await Task.WhenAll(calls.Select(call => invoker.InvokeAsync(function, call, cancellation)));
            return StatusCodes.Status202Accepted;
        }
        catch (Exception)
        {
            return StatusCodes.Status500InternalServerError;
        }
    }

    private static Array Batch(JsonElement[] events, Type type)
    {
        var array = Array.CreateInstance(type, events.Length);
        for (var i = 0; i < events.Length; i++)
            array.SetValue(Event(events[i], type), i);
        return array;
    }

    private static object? Event(JsonElement json, Type type)
    {
        var text = json.GetRawText();
        if (type == typeof(string))
            return text;
        var data = new BinaryData(text);
        if (type == typeof(BinaryData))
            return data;
        return type == typeof(EventGridEvent) ? EventGridEvent.Parse(data) : CloudEvent.Parse(data);
    }
}
