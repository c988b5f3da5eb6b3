using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace SampleApp;

/// <summary>HTTP functions that use the durable client, as the product's doors do.</summary>
public static class DurableClients
{
    [Function("Begin")]
    public static async Task<HttpResponseData> BeginAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "begin/{orchestrator}/{id}")] HttpRequestData request,
        string orchestrator, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var input = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: cancellation);
        await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), cancellation);
        return await client.CreateCheckStatusResponseAsync(request, id, cancellation);
    }

    [Function("Tell")]
    public static async Task<IActionResult> TellAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tell/{id}/{name}")] HttpRequest request,
        string id, string name, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await client.RaiseEventAsync(id, name, request.Query["say"].ToString(), cancellation);
        return new NoContentResult();
    }

    /// <summary>What the client knows of an instance: the status, and where it would send those who want to know more.</summary>
    [Function("Ask")]
    public static async Task<IActionResult> AskAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ask/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var status = (await client.GetInstanceAsync(id, cancellation))?.RuntimeStatus;
        return new OkObjectResult(new { status = status?.ToString(), urls = client.CreateHttpManagementPayload(id) });
    }
}
