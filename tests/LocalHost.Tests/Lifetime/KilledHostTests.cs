using LocalHost.Tests.Durable;
using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>A host is killed (SIGKILL) amid its work, and started again; each test looks at one thing that must come of it.</summary>
public class KilledHostTests(KilledHostTests.KilledHost killed) : IClassFixture<KilledHostTests.KilledHost>
{
    private SampleHost App => killed.App;

    [Fact]
    public void The_worker_of_a_killed_host_ends_by_itself() => Assert.True(killed.WorkerEnded);

    [Fact]
    public async Task Activities_that_the_killed_host_had_begun_are_done_and_each_result_counts_once()
    {
        var done = await App.Instances.EndAsync(KilledHost.Working);
        Assert.Equal(Enumerable.Range(0, 6), done.GetProperty("output").EnumerateArray().Select(o => o.GetInt32()));
        Assert.Equal(6, Instances.EventsOf(done).Count(e => e == "TaskCompleted"));
        Assert.DoesNotContain("TaskFailed", Instances.EventsOf(done));
    }

    [Fact]
    public async Task An_orchestration_that_waited_waits_on()
    {
        await App.Instances.RaiseAsync(KilledHost.Listening, "Word", "still there");
        Assert.Equal("still there", (await App.Instances.EndAsync(KilledHost.Listening)).GetProperty("output").GetString());
    }

    [Fact]
    public async Task A_blob_event_that_the_killed_host_had_taken_is_sent_again() =>
        Assert.Equal(["A|taken|hang once", "A|taken|hang once"], await App.Calls.UntilAsync(2, "OnZip", "A|taken|"));

    [Fact]
    public async Task A_blob_that_came_while_no_host_ran_is_delivered() =>
        Assert.Equal(["A|meanwhile|three"], await App.Calls.UntilAsync(1, "OnZip", "A|meanwhile|"));

    [Fact]
    public async Task A_blob_that_was_done_is_not_delivered_again()
    {
        await App.Calls.UntilAsync(2, "OnZip", "A|taken|");
        await App.Calls.UntilAsync(1, "OnZip", "A|meanwhile|");
        await App.ScannedAsync();
        Assert.Equal(["A|done|one"], await App.Calls.OfAsync("OnZip", "A|done|"));
    }

    /// <summary>The host, killed and started again.</summary>
    public sealed class KilledHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        public const string Working = "working";
        public const string Listening = "listening";

        /// <summary>The second host.</summary>
        public SampleHost App { get; private set; } = null!;

        /// <summary>Whether the first host's worker was gone soon after it.</summary>
        public bool WorkerEnded { get; private set; }

        public async ValueTask InitializeAsync()
        {
            var name = SampleHost.NewName();
            await using (var first = await SampleHost.StartAsync(azurite, name))
            {
                await first.WriteAsync("A/done.zip", "one");
                await first.Calls.UntilAsync(1, "OnZip", "A|done|");
                await first.Instances.StartAsync("Listen", Listening, new { Word = "", Times = 0, Seconds = 3600 });
                await first.Instances.UntilAsync(Listening, i => Instances.StatusOf(i) == "Running");
                await first.WriteAsync("A/taken.zip", "hang once");
                await first.Calls.UntilAsync(1, "OnZip", "A|taken|");
                await first.Instances.StartAsync("Work", Working, new { Word = "", Times = 6, Seconds = 3 });
                await first.Calls.UntilAsync(4, "Toil", Working);
                await first.Process.KillHostAsync();
                WorkerEnded = await first.Process.WorkersEndAsync(TimeSpan.FromSeconds(30));
                await first.WriteAsync("A/meanwhile.zip", "three");
            }

            App = await SampleHost.StartAsync(azurite, name);
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
