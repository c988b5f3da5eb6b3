using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LocalRuntime.Functions.Tests.Hosting;

public class DurableEndpointTests(AzuriteFixture azurite)
{
    private const string Root = "/runtime/webhooks/durabletask";

    private readonly Calls _calls = new();

    [Fact]
    public async Task An_orchestration_started_by_a_function_is_followed_and_signalled_by_http()
    {
        await using var app = await StartAsync();
        var begun = await app.Http.PostAsync("/api/Begin?id=one&word=ho", null);
        Assert.Equal("one", await begun.Content.ReadAsStringAsync());
        var waiting = await UntilAsync(app, "one", s => s.GetProperty("customStatus").ValueKind != JsonValueKind.Null);
        Assert.Equal("Running", waiting.GetProperty("runtimeStatus").GetString());
        Assert.Equal(2, waiting.GetProperty("customStatus").GetProperty("said").GetInt32());

        var signalled = await app.Http.PostAsJsonAsync($"{Root}/instances/one/raiseEvent/Last", "end");
        Assert.Equal(HttpStatusCode.Accepted, signalled.StatusCode);
        var done = await UntilAsync(app, "one", s => s.GetProperty("runtimeStatus").GetString() == "Completed");
        Assert.Equal(["ho0", "ho1", "end"], done.GetProperty("output").EnumerateArray().Select(o => o.GetString()));
        Assert.Equal("Repeat", done.GetProperty("name").GetString());
        Assert.Equal("ho", done.GetProperty("input").GetProperty("Word").GetString());
        Assert.Equal(["one Say ho0", "one Say ho1"], _calls.All.Order());
        Assert.Equal(HttpStatusCode.Gone, (await app.Http.PostAsJsonAsync($"{Root}/instances/one/raiseEvent/Last", "late")).StatusCode);
    }

    [Fact]
    public async Task Status_codes_say_running_done_and_unknown()
    {
        await using var app = await StartAsync();
        var started = await app.Http.PostAsJsonAsync($"{Root}/orchestrators/Repeat/two", new { Word = "x", Times = 0 });
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var urls = await started.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("two", urls.GetProperty("id").GetString());
        var running = await app.Http.GetAsync(urls.GetProperty("statusQueryGetUri").GetString());
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.NotNull(running.Headers.Location);

        var terminate = await app.Http.PostAsync(urls.GetProperty("terminatePostUri").GetString()!.Replace("{text}", "enough"), null);
        Assert.Equal(HttpStatusCode.Accepted, terminate.StatusCode);
        var ended = await UntilAsync(app, "two", s => s.GetProperty("runtimeStatus").GetString() == "Terminated");
        Assert.Equal("enough", ended.GetProperty("output").GetString());
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync($"{Root}/instances/two")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync($"{Root}/instances/nobody")).StatusCode);
    }

    [Fact]
    public async Task An_instance_is_suspended_resumed_and_purged()
    {
        await using var app = await StartAsync();
        await app.Http.PostAsJsonAsync($"{Root}/orchestrators/Repeat/three", new { Word = "x", Times = 0 });
        await UntilAsync(app, "three", s => s.GetProperty("runtimeStatus").GetString() == "Running");
        await app.Http.PostAsync($"{Root}/instances/three/suspend?reason=pause", null);
        await UntilAsync(app, "three", s => s.GetProperty("runtimeStatus").GetString() == "Suspended");
        await app.Http.PostAsync($"{Root}/instances/three/resume?reason=on", null);
        await app.Http.PostAsJsonAsync($"{Root}/instances/three/raiseEvent/Last", "end");
        await UntilAsync(app, "three", s => s.GetProperty("runtimeStatus").GetString() == "Completed");

        var purged = await (await app.Http.DeleteAsync($"{Root}/instances/three")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(1, purged.GetProperty("instancesDeleted").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.DeleteAsync($"{Root}/instances/three")).StatusCode);
    }

    [Fact]
    public async Task Instances_are_listed_by_status_and_the_history_is_shown()
    {
        await using var app = await StartAsync();
        foreach (var id in (string[])["a", "b"])
            await app.Http.PostAsJsonAsync($"{Root}/orchestrators/Repeat/{id}", new { Word = "w", Times = 1 });
        await app.Http.PostAsJsonAsync($"{Root}/instances/b/raiseEvent/Last", "end");
        await UntilAsync(app, "b", s => s.GetProperty("runtimeStatus").GetString() == "Completed");

        var completed = await app.Http.GetFromJsonAsync<JsonElement>($"{Root}/instances?runtimeStatus=Completed,Failed");
        Assert.Equal(["b"], completed.EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()));
        var all = await app.Http.GetFromJsonAsync<JsonElement>($"{Root}/instances?createdTimeFrom=2020-01-01T00:00:00Z&top=10");
        Assert.Equal(2, all.GetArrayLength());
        var shown = await app.Http.GetFromJsonAsync<JsonElement>($"{Root}/instances/b?showHistory=true&showHistoryOutput=true&showInput=false");
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("input").ValueKind);
        var said = shown.GetProperty("historyEvents").EnumerateArray().Single(e => e.GetProperty("EventType").GetString() == "TaskCompleted");
        Assert.Equal("Say", said.GetProperty("FunctionName").GetString());
        Assert.Equal("w0", said.GetProperty("Result").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Http.GetAsync($"{Root}/instances?runtimeStatus=Odd")).StatusCode);
    }

    [Fact]
    public async Task Keys_guard_the_endpoints_when_asked_for()
    {
        await using var app = await StartAsync("--enable-auth");
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.GetAsync($"{Root}/instances")).StatusCode);
    }

    private Task<TestApp> StartAsync(params string[] args) => TestApp.StartAsync(azurite, TestApp.NewName(), _calls, [typeof(SampleDurable)], args);

    private static async Task<JsonElement> UntilAsync(TestApp app, string id, Func<JsonElement, bool> expected)
    {
        for (var i = 0; i < 600; i++)
        {
            var answer = await app.Http.GetAsync($"{Root}/instances/{id}");
            if (answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<JsonElement>() is var status && expected(status))
                return status;
            await Task.Delay(50);
        }
        throw new TimeoutException("The instance never came to look as expected.");
    }
}
