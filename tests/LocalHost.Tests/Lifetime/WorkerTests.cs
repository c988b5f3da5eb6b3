using System.Net;
using LocalHost.Tests.Durable;

namespace LocalHost.Tests.Lifetime;

[Collection(nameof(FragileHost))]
public class WorkerTests(FragileHost fragile)
{
    private readonly string _id = SampleHost.NewName();

    private SampleHost App => fragile.App;

    [Fact]
    public async Task A_killed_worker_is_replaced_and_its_work_given_back()
    {
        await fragile.ServesAsync();
        await App.Instances.StartAsync("Work", _id, new { Word = "", Times = 4, Seconds = 2 });
        await App.WriteAsync($"{_id}/x.zip", "hang once");
        await App.Calls.UntilAsync(4, "Toil", _id);
        await App.Calls.UntilAsync(1, "OnZip", _id);
        var killed = App.Process.WorkerId;
        await App.Process.KillWorkerAsync();

        var done = await App.Instances.EndAsync(_id);
        Assert.Equal([0, 1, 2, 3], done.GetProperty("output").EnumerateArray().Select(o => o.GetInt32()));
        Assert.Equal(4, Instances.EventsOf(done).Count(e => e == "TaskCompleted"));
        Assert.DoesNotContain("TaskFailed", Instances.EventsOf(done));
        Assert.Equal([$"{_id}|x|hang once", $"{_id}|x|hang once"], await App.Calls.UntilAsync(2, "OnZip", _id));
        await App.Process.SaysAsync($"Worker {killed} ended with code ");
        Assert.NotEqual(killed, App.Process.WorkerId);
        Assert.Equal(App.Process.WorkerId, (await App.StatusAsync()).GetProperty("workerPid").GetInt32());
    }

    [Fact]
    public async Task A_GET_while_the_worker_is_replaced_is_answered_or_told_to_come_again()
    {
        Task<HttpResponseMessage>[] running = [.. Enumerable.Range(0, 3).Select(i => App.Http.GetAsync($"/api/Slow?seconds=2&id={_id}-{i}"))];
        await App.Calls.UntilAsync(3, "Slow", _id);
        await App.Process.KillWorkerAsync();
        Task<HttpResponseMessage>[] coming = [.. Enumerable.Range(0, 20).Select(i => App.Http.GetAsync($"/api/Hello?who={i}"))];

        foreach (var answer in await Task.WhenAll([.. running, .. coming]))
        {
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                Assert.NotNull(answer.Headers.RetryAfter);
        }

        await fragile.ServesAsync();
    }

    [Fact]
    public async Task A_POST_that_loses_its_worker_fails_and_is_not_sent_twice()
    {
        var posted = App.Http.PostAsync($"/api/Slow?seconds=5&id={_id}", null);
        await App.Calls.UntilAsync(1, "Slow", _id);
        await App.Process.KillWorkerAsync();
        using var answer = await posted;
        Assert.InRange((int)answer.StatusCode, 500, 599);
        await fragile.ServesAsync();
        Assert.Single(await App.Calls.OfAsync("Slow", _id));
    }

    [Fact]
    public async Task A_blob_whose_function_ended_the_worker_is_delivered_again()
    {
        await App.WriteAsync($"{_id}/x.zip", "crash once");
        Assert.Equal([$"{_id}|x|crash once", $"{_id}|x|crash once"], await App.Calls.UntilAsync(2, "OnZip", _id));
    }

    [Fact]
    public async Task A_function_that_ends_the_worker_is_an_error_and_the_next_call_is_served()
    {
        using var answer = await App.Http.PostAsync("/api/Exit", null);
        Assert.InRange((int)answer.StatusCode, 500, 599);
        await fragile.ServesAsync();
    }
}
