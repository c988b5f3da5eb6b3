using System.Net;
using System.Text.Json;
using Radiomics;

namespace LocalHost.Tests.Durable;

public class OrchestrationTests(AzuriteFixture azurite, SharedHost shared) : OnSharedHost(azurite, shared)
{
    private readonly string _id = SampleHost.NewName();

    [Fact]
    public async Task Activities_fan_out_and_each_runs_once()
    {
        await App.Instances.StartAsync("Work", _id, new { Word = "", Times = 20, Seconds = 0.01 });
        var output = (await App.Instances.EndAsync(_id)).GetProperty("output");
        Assert.Equal(Enumerable.Range(0, 20), output.EnumerateArray().Select(o => o.GetInt32()));
        var done = (await App.Calls.OfAsync("Toil", _id)).Where(call => call.EndsWith("done", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{_id} {i} done").Order(), done.Order());
    }

    [Fact]
    public async Task An_event_that_comes_in_time_is_heard()
    {
        await App.Instances.StartAsync("Listen", _id, new { Word = "", Times = 0, Seconds = 600 });
        using var told = await App.Http.PostAsync($"/api/tell/{_id}/Word?say=yes", null);
        Assert.Equal(HttpStatusCode.NoContent, told.StatusCode);
        Assert.Equal("yes", (await App.Instances.EndAsync(_id)).GetProperty("output").GetString());
    }

    [Fact]
    public async Task An_event_that_doesn_t_come_in_time_is_waited_for_no_longer() =>
        Assert.Equal("nothing was heard", (await App.Instances.RunAsync("Listen", new { Word = "", Times = 0, Seconds = 1.5 })).GetString());

    [Fact]
    public async Task An_activity_is_retried_by_the_policy_of_its_orchestration() =>
        Assert.Equal(3, (await App.Instances.RunAsync("Persist", new { Word = "", Times = 0 })).GetInt32());

    [Fact]
    public async Task A_failed_orchestration_says_why()
    {
        await App.Instances.StartAsync("Doomed", _id, new { Word = "Ann", Times = 0 });
        var failed = await App.Instances.EndAsync(_id, "Failed");
        Assert.Contains("The study of Ann is damaged.", failed.GetProperty("output").ToString());
    }

    [Fact]
    public async Task An_orchestration_may_have_another_do_the_work() =>
        Assert.Equal([0, 1, 2], (await App.Instances.RunAsync("Delegate", new { Word = "", Times = 3, Seconds = 0 })).EnumerateArray().Select(o => o.GetInt32()));

    [Fact]
    public async Task An_entity_keeps_a_sum() =>
        Assert.Equal(6, (await App.Instances.RunAsync("Count", new { Word = "", Times = 3 })).GetInt32());

    [Fact]
    public async Task Text_arrives_as_it_was_sent()
    {
        const string word = "2026-01-01T00:00:00+02:00 \"ü\" \u2028 שלום \\n";
        await App.Instances.StartAsync("Repeat", _id, new { Word = word, Times = 1 });
        await App.Instances.RaiseAsync(_id, "Last", word);
        var output = (await App.Instances.EndAsync(_id)).GetProperty("output");
        Assert.Equal([word + "0", word], output.EnumerateArray().Select(o => o.GetString()));
    }
}
