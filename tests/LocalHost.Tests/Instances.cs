using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LocalHost.Tests;

/// <summary>Orchestrations of a sample app, by the host's management endpoints.</summary>
public sealed class Instances(HttpClient http)
{
    public const string Root = "/runtime/webhooks/durabletask";

    /// <summary>Starts one. Returns the URLs that the host answers with.</summary>
    public async Task<JsonElement> StartAsync(string orchestrator, string id, object input)
    {
        using var answer = await http.PostAsJsonAsync($"{Root}/orchestrators/{orchestrator}/{id}", input);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<HttpResponseMessage> RaiseAsync(string id, string name, string content) => http.PostAsJsonAsync($"{Root}/instances/{id}/raiseEvent/{name}", content);

    /// <summary>The instance once it is as wanted.</summary>
    public Task<JsonElement> UntilAsync(string id, Predicate<JsonElement> isWanted) => Patience.UntilAsync(
        async () =>
        {
            using var answer = await http.GetAsync($"{Root}/instances/{id}?showHistory=true&showHistoryOutput=true");
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
        },
        instance => instance.ValueKind == JsonValueKind.Object && isWanted(instance),
        $"Orchestration {id}");

    /// <summary>The instance once it has ended, which must be in this way.</summary>
    public async Task<JsonElement> EndAsync(string id, string status = "Completed")
    {
        var ended = await UntilAsync(id, i => StatusOf(i) is "Completed" or "Failed" or "Terminated");
        Assert.True(StatusOf(ended) == status, $"{id}: {ended}");
        return ended;
    }

    /// <summary>Starts one and gives its output.</summary>
    public async Task<JsonElement> RunAsync(string orchestrator, object input)
    {
        var id = SampleHost.NewName();
        await StartAsync(orchestrator, id, input);
        return (await EndAsync(id)).GetProperty("output");
    }

    public static string StatusOf(JsonElement instance) => instance.GetProperty("runtimeStatus").GetString()!;

    /// <summary>The types of the events of its history, in order; just started, it has none yet.</summary>
    public static IReadOnlyList<string> EventsOf(JsonElement instance) =>
        instance.TryGetProperty("historyEvents", out var history) ? [.. history.EnumerateArray().Select(e => e.GetProperty("EventType").GetString()!)] : [];
}
