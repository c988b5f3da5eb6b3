using System.Net;
using LocalHost.Tests.Durable;
using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>Two hosts of one app on one storage account.</summary>
public class TwoHostsTests(AzuriteFixture azurite, TwoHostsTests.Pair pair) : IClassFixture<TwoHostsTests.Pair>
{
    private static readonly Dictionary<string, string?> _settings = new()
    {
        ["Schedule"] = "*/1 * * * * *",
        // So few at once that one host alone can't take all that a test asks for.
        ["AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions"] = "2",
    };

    private readonly string _id = SampleHost.NewName();

    [Fact]
    public async Task They_share_the_activities()
    {
        await pair.First.Instances.StartAsync("Work", _id, new { Word = "", Times = 16, Seconds = 0.5 });
        var done = await pair.Second.Instances.EndAsync(_id);
        Assert.Equal(Enumerable.Range(0, 16), done.GetProperty("output").EnumerateArray().Select(o => o.GetInt32()));
        var began = (await pair.First.Calls.AllAsync()).Where(call => call.Function == "Toil" && call.What.EndsWith("began", StringComparison.Ordinal)).ToList();
        Assert.Equal(16, began.Count);
        Assert.Equal([pair.First.Process.WorkerId, pair.Second.Process.WorkerId], began.Select(call => call.Process).Distinct().Order());
    }

    [Fact]
    public async Task They_deliver_a_blob_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => pair.First.WriteAsync($"{_id}/{i}.zip", "")));
        await pair.First.Calls.UntilAsync(20, "OnZip", _id);
        await pair.First.ScannedAsync();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{_id}|{i}|").Order(), (await pair.First.Calls.OfAsync("OnZip", _id + "|")).Order());
    }

    [Fact]
    public async Task One_of_them_keeps_the_schedule()
    {
        var ticks = await Patience.UntilAsync(
            async () => (await pair.First.Calls.AllAsync()).Where(call => call.Function == "Often").ToList(), calls => calls.Count >= 4, "Four ticks");
        Assert.Single(ticks.Select(tick => tick.Process).Distinct());
    }

    [Fact]
    public async Task What_one_of_them_was_told_the_other_knows()
    {
        await pair.First.Instances.StartAsync("Listen", _id, new { Word = "", Times = 0, Seconds = 600 });
        // While a partition goes over to the second host, an event may come before the start that is in the other's hands; the backend drops it then.
        await pair.Second.Instances.UntilAsync(_id, instance => Instances.EventsOf(instance).Contains("TimerCreated"));
        using var raised = await pair.Second.Instances.RaiseAsync(_id, "Word", "hello");
        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        Assert.Equal("hello", (await pair.First.Instances.EndAsync(_id)).GetProperty("output").GetString());
    }

    [Fact]
    public async Task When_one_is_killed_the_other_takes_up_its_work_and_its_schedule()
    {
        await using var own = new Pair(azurite);
        await own.InitializeAsync();
        await Task.WhenAll(own.First.Calls.UntilAsync(1, "Often"), own.First.Instances.StartAsync("Work", _id, new { Word = "", Times = 8, Seconds = 2 }));
        await own.First.Calls.UntilAsync(4, "Toil", _id);
        var first = own.First.Process.WorkerId;
        await own.First.Process.KillAsync();

        var done = await own.Second.Instances.EndAsync(_id);
        Assert.Equal(Enumerable.Range(0, 8), done.GetProperty("output").EnumerateArray().Select(o => o.GetInt32()));
        await Patience.UntilAsync(
            async () => (await own.Second.Calls.AllAsync()).Where(call => call.Function == "Often").Select(call => call.Process).ToList(),
            ticks => ticks.LastOrDefault(first) != first,
            "A tick of the other");
    }

    /// <summary>Both, started one after the other.</summary>
    public sealed class Pair(AzuriteFixture azurite) : IAsyncLifetime
    {
        public SampleHost First { get; private set; } = null!;

        public SampleHost Second { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            First = await SampleHost.StartAsync(azurite, with: ["Often"], settings: _settings);
            Second = await SampleHost.StartAsync(azurite, First.Name, ["Often"], _settings);
        }

        public async ValueTask DisposeAsync()
        {
            if (Second is not null)
                await Second.DisposeAsync();
            if (First is not null)
                await First.DisposeAsync();
        }
    }
}
