using System.Net;
using System.Text.Json;
using LocalHost.Tests.Http;
using Radiomics;

namespace LocalHost.Tests.Lifetime;

/// <summary>No listener dies silently: it goes on when it can, and until then the host says so.</summary>
public class ListenerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Storage_that_comes_late_is_waited_for_and_that_is_said_once()
    {
        using var storage = new StorageRelay(azurite);
        var name = SampleHost.NewName();
        await using var host = new HostProcess(SampleHost.App, Settings(name, storage));
        await host.SaysAsync("; waiting up to 60 s for it.");
        storage.Open();
        await host.ReadyAsync();
        Assert.Single(host.Log.Split("; waiting up to").Skip(1));
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task Listeners_that_storage_was_away_from_for_long_are_started_again()
    {
        using var storage = new StorageRelay(azurite);
        storage.Open();
        var name = SampleHost.NewName();
        await using var app = await SampleHost.StartAsync(azurite, name, settings: Settings(name, storage));
        await app.WriteAsync("A/before.zip", "one");
        await app.Calls.UntilAsync(1, "OnZip", "A|before|");

        storage.Close();
        await app.Process.SaysAsync("A listener failed (");
        using (var health = await app.Http.GetAsync("/api/Hello"))
            await HttpTests.ProblemAsync(health, "NotListening");
        storage.Open();
        await app.WriteAsync("A/after.zip", "two");
        Assert.Equal(["A|after|two"], await app.Calls.UntilAsync(1, "OnZip", "A|after|"));
        await app.ServesAsync();
        Assert.Equal(JsonValueKind.Null, (await app.StatusAsync()).GetProperty("fault").ValueKind);
    }

    [Fact]
    public async Task A_watcher_that_can_t_look_for_a_while_makes_the_host_unhealthy_until_it_can()
    {
        await using var app = await SampleHost.StartAsync(azurite, settings: new Dictionary<string, string?> { ["LocalHost__WatcherSilenceSeconds"] = "2", ["LocalHost__HealthRoutes"] = "api/Hello" });
        await app.Container.DeleteAsync();
        await Patience.UntilAsync(async () => (await app.StatusAsync()).GetProperty("fault").GetString(), fault => fault is not null && fault.Contains("OnZip", StringComparison.Ordinal), "The host's fault");
        using (var health = await app.Http.GetAsync("/api/Hello"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            await HttpTests.ProblemAsync(health, "NotListening");
        }

        using (var other = await app.Http.GetAsync("/api/Moved"))
            Assert.Equal(HttpStatusCode.Found, other.StatusCode);
        Assert.Single(app.Process.Log.Split("The container of the function OnZip could not be looked at").Skip(1));
        await app.Container.CreateAsync();
        await app.ServesAsync();
        await app.WriteAsync("A/again.zip", "again");
        Assert.Equal(["A|again|again"], await app.Calls.UntilAsync(1, "OnZip", "A|again|"));
    }

    [Fact]
    public async Task What_makes_no_sense_in_an_event_or_a_message_stops_nothing()
    {
        await using var app = await SampleHost.StartAsync(azurite);
        foreach (var body in (string[])["", "{", "[]", "[{}]", "[null]", "\u0001", "[{\"eventType\":\"Microsoft.Storage.BlobCreated\",\"data\":{\"url\":\"no url\"}}]"])
        {
            foreach (var (extension, function) in new[] { ("blobs", "Host.Functions.OnZip"), ("EventGrid", "OnEvent") })
            {
                using var answer = await EventGridDelivery.PostAsync(app.Http, extension, function, "Notification", body);
                Assert.NotEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }
        }

        var queue = azurite.Queues.GetQueueClient($"webjobs-blobtrigger-{app.Name}");
        await queue.CreateIfNotExistsAsync();
        foreach (var message in (string[])["no base64", "bm8ganNvbg==", "e30=", "bnVsbA=="])
            await queue.SendMessageAsync(message);
        await app.WriteAsync("A/sense.zip", "sense");
        Assert.Equal(["A|sense|sense"], await app.Calls.UntilAsync(1, "OnZip", "A|sense|"));
        using var again = await EventGridDelivery.PostAsync(app.Http, "OnEvent", "Notification", EventGridDelivery.Events("T", "sense"));
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(JsonValueKind.Null, (await app.StatusAsync()).GetProperty("fault").ValueKind);
    }

    private Dictionary<string, string?> Settings(string name, StorageRelay storage) => SampleHost.Settings(azurite, name, settings: new Dictionary<string, string?>
    {
        ["AzureWebJobsStorage"] = storage.ConnectionString,
        ["SampleStorage"] = storage.ConnectionString,
        ["LocalHost__HealthRoutes"] = "api/Hello",
    });
}
