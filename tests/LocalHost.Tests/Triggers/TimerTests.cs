using System.Text.Json;
using Azure.Storage.Blobs;
using Radiomics;

namespace LocalHost.Tests.Triggers;

public class TimerTests(AzuriteFixture azurite, TimerTests.TimedHost timed) : IClassFixture<TimerTests.TimedHost>
{
    private CallLog Calls => timed.App.Calls;

    [Fact]
    public async Task RunOnStartup_runs_when_the_host_starts() =>
        Assert.Equal(["late False, next 01-01"], await Calls.UntilAsync(1, "AtStart"));

    [Fact]
    public async Task A_schedule_may_be_a_setting() =>
        Assert.All(await Calls.UntilAsync(3, "Often"), call => Assert.Equal("late False", call));

    [Fact]
    public async Task A_missed_occurrence_runs_late_and_once()
    {
        Assert.Equal(["late True, last 2020-01-01"], await Calls.UntilAsync(1, "Monthly", "late True"));
        await Patience.UntilAsync(
            async () => JsonDocument.Parse((await TimedHost.StatusOf(azurite, timed.App.Name).DownloadContentAsync()).Value.Content).RootElement.GetProperty("Next").GetDateTime(),
            next => next > DateTime.UtcNow,
            "The next occurrence in storage");
        Assert.Single(await Calls.OfAsync("Monthly", "late True"));
    }

    [Fact]
    public async Task A_fixed_delay_retry_tries_again_as_often_as_it_says()
    {
        string[] expected = ["retry 0 of 3", "retry 1 of 3", "retry 2 of 3", "retry 3 of 3"];
        Assert.Equal(expected, await Calls.UntilAsync(4, "Stubborn"));
        // The next tick after the last try tells that no other was made.
        var ticks = (await Calls.OfAsync("Often")).Count;
        await Calls.UntilAsync(ticks + 2, "Often");
        Assert.Equal(expected, await Calls.OfAsync("Stubborn"));
    }

    [Fact]
    public async Task An_exponential_retry_ends_with_success()
    {
        Assert.Equal(["retry 0 of 5", "retry 1 of 5", "retry 2 of 5"], await Calls.UntilAsync(3, "Patient"));
        await timed.App.Process.SaysAsync("Executed 'Functions.Patient' (Succeeded");
    }

    /// <summary>A host with all timers on, which finds that one of them should have run in 2020.</summary>
    public sealed class TimedHost(AzuriteFixture azurite) : IAsyncLifetime
    {
        public SampleHost App { get; private set; } = null!;

        public static BlobClient StatusOf(AzuriteFixture azurite, string name) =>
            azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts").GetBlobClient($"timers/{name}/Host.Functions.Monthly/status");

        public async ValueTask InitializeAsync()
        {
            var name = SampleHost.NewName();
            await azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts").CreateIfNotExistsAsync();
            await StatusOf(azurite, name).UploadAsync(BinaryData.FromObjectAsJson(new
            {
                Last = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc),
                Next = new DateTime(2020, 2, 1, 0, 0, 0, DateTimeKind.Utc),
                LastUpdated = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            }));
            App = await SampleHost.StartAsync(
                azurite, name, ["AtStart", "Often", "Monthly", "Stubborn", "Patient"], new Dictionary<string, string?> { ["Schedule"] = "00:00:01" });
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
