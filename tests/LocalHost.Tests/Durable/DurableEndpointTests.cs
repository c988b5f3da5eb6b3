using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Radiomics;

namespace LocalHost.Tests.Durable;

/// <summary>The Durable extension's own management endpoints, through the host.</summary>
public class DurableEndpointTests(AzuriteFixture azurite, SharedHost shared) : OnSharedHost(azurite, shared)
{
    private readonly string _id = SampleHost.NewName();

    [Fact]
    public async Task An_orchestration_started_by_a_function_is_followed_and_signalled_by_http()
    {
        using var begun = await App.Http.PostAsJsonAsync($"/api/begin/Repeat/{_id}", new { Word = "ho", Times = 2 });
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var waiting = await App.Instances.UntilAsync(_id, i => i.GetProperty("customStatus").ValueKind != JsonValueKind.Null);
        Assert.Equal("Running", Instances.StatusOf(waiting));
        Assert.Equal(2, waiting.GetProperty("customStatus").GetProperty("said").GetInt32());

        using var signalled = await App.Instances.RaiseAsync(_id, "Last", "end");
        Assert.Equal(HttpStatusCode.Accepted, signalled.StatusCode);
        var done = await App.Instances.EndAsync(_id);
        Assert.Equal(["ho0", "ho1", "end"], done.GetProperty("output").EnumerateArray().Select(o => o.GetString()));
        Assert.Equal("Repeat", done.GetProperty("name").GetString());
        Assert.Equal("ho", done.GetProperty("input").GetProperty("word").GetString());
        Assert.Equal([$"{_id} Say ho0", $"{_id} Say ho1"], (await App.Calls.OfAsync("Say", _id)).Order());
        using var late = await App.Instances.RaiseAsync(_id, "Last", "late");
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
    }

    [Fact]
    public async Task Status_codes_say_running_done_and_unknown()
    {
        var urls = await App.Instances.StartAsync("Repeat", _id, new { Word = "x", Times = 0 });
        Assert.Equal(_id, urls.GetProperty("id").GetString());
        await App.Instances.UntilAsync(_id, i => Instances.StatusOf(i) == "Running");
        using var running = await App.Http.GetAsync(urls.GetProperty("statusQueryGetUri").GetString());
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.NotNull(running.Headers.Location);

        using var terminate = await App.Http.PostAsync(urls.GetProperty("terminatePostUri").GetString()!.Replace("{text}", "enough"), null);
        Assert.Equal(HttpStatusCode.Accepted, terminate.StatusCode);
        var ended = await App.Instances.EndAsync(_id, "Terminated");
        Assert.Equal("enough", ended.GetProperty("output").GetString());
        Assert.Equal(HttpStatusCode.OK, (await App.Http.GetAsync($"{Instances.Root}/instances/{_id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await App.Http.GetAsync($"{Instances.Root}/instances/{_id}-unknown")).StatusCode);
    }

    [Fact]
    public async Task An_instance_is_suspended_resumed_and_purged()
    {
        await App.Instances.StartAsync("Repeat", _id, new { Word = "x", Times = 0 });
        await App.Instances.UntilAsync(_id, i => Instances.StatusOf(i) == "Running");
        await App.Http.PostAsync($"{Instances.Root}/instances/{_id}/suspend?reason=pause", null);
        await App.Instances.UntilAsync(_id, i => Instances.StatusOf(i) == "Suspended");
        await App.Http.PostAsync($"{Instances.Root}/instances/{_id}/resume?reason=on", null);
        await App.Instances.RaiseAsync(_id, "Last", "end");
        await App.Instances.EndAsync(_id);

        using var answer = await App.Http.DeleteAsync($"{Instances.Root}/instances/{_id}");
        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("instancesDeleted").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await App.Http.DeleteAsync($"{Instances.Root}/instances/{_id}")).StatusCode);
    }

    [Fact]
    public async Task Instances_are_listed_by_status_and_the_history_is_shown()
    {
        await App.Instances.StartAsync("Repeat", _id + "-a", new { Word = "w", Times = 1 });
        await App.Instances.StartAsync("Repeat", _id + "-b", new { Word = "w", Times = 1 });
        await App.Instances.RaiseAsync(_id + "-b", "Last", "end");
        var done = await App.Instances.EndAsync(_id + "-b");

        var all = await App.Http.GetFromJsonAsync<JsonElement>($"{Instances.Root}/instances?instanceIdPrefix={_id}&top=10");
        Assert.Equal(2, all.GetArrayLength());
        var completed = await App.Http.GetFromJsonAsync<JsonElement>($"{Instances.Root}/instances?instanceIdPrefix={_id}&runtimeStatus=Completed,Failed");
        Assert.Equal([_id + "-b"], completed.EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()));
        var said = done.GetProperty("historyEvents").EnumerateArray().Single(e => e.GetProperty("EventType").GetString() == "TaskCompleted");
        Assert.Equal("Say", said.GetProperty("FunctionName").GetString());
        Assert.Equal("w0", said.GetProperty("Result").GetString());
    }
}
