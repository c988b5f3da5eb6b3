using Azure.Core;
using LocalRuntime.Functions.Durable;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Tests.Durable;

/// <summary>What arrives reaches the execution that it was sent to, and no other.</summary>
public sealed class ArrivalTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_event_for_an_instance_that_starts_while_a_host_finds_it_missing_is_kept()
    {
        var name = TestHub.NewName();
        var other = WatchedStorage.Unwatched(azurite, name);
        await other.EnsureAsync(default);
        var storage = new WatchedStorage(async message =>
        {
            if (message.Request.Uri.Query.Contains("comp=lease", StringComparison.Ordinal) && message.Response.Status == 404)
            {
                Assert.True(await other.Instances.TryCreateAsync(State("late"), default));
                await other.Inbox.TryAddAsync("late", "event-1", Event(1), default);
            }
        });

        var outcome = await Runner(storage.Services(azurite, name)).RunAsync("late");

        Assert.Equal(TurnOutcome.Again, outcome);
        Assert.Equal(["event-1"], await other.Inbox.ListAsync("late", default));
    }

    [Fact]
    public async Task An_event_for_an_instance_that_is_missing_is_dropped()
    {
        var hub = WatchedStorage.Unwatched(azurite, TestHub.NewName());
        await hub.EnsureAsync(default);
        await hub.Inbox.TryAddAsync("nobody", "event-1", Event(1), default);

        var outcome = await Runner(hub).RunAsync("nobody");

        Assert.Equal(TurnOutcome.Idle, outcome);
        Assert.Empty(await hub.Inbox.ListAsync("nobody", default));
    }

    [Fact]
    public async Task What_was_said_to_an_execution_does_not_reach_the_one_that_replaces_it()
    {
        var name = TestHub.NewName();
        var services = WatchedStorage.Unwatched(azurite, name);
        await services.EnsureAsync(default);
        // As a killed process leaves them: one event taken in but not removed, another event and a termination not taken in.
        await services.Instances.TryCreateAsync(State("one") with { Consumed = ["event-1"] }, default);
        await services.Inbox.TryAddAsync("one", "event-1", Event(1), default);
        await services.Inbox.TryAddAsync("one", "event-2", Event(2), default);
        await services.Inbox.TryAddAsync("one", "event-3", Event(3) with { Kind = InboxKind.Terminate }, default);

        Assert.Null(await new InstanceStarter(services).StartAsync(State("one") with { ExecutionId = "second" }, _ => false, default));
        await using var hub = await TestHub.StartAsync(azurite, new TestApp().Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Word")), name);
        await hub.Client.RaiseEventAsync("one", "Word", 4);

        Assert.Equal(4, (await hub.EndAsync("one")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_purge_that_is_cut_short_leaves_nothing_to_the_next_instance_of_the_id()
    {
        var name = TestHub.NewName();
        var other = WatchedStorage.Unwatched(azurite, name);
        await other.EnsureAsync(default);
        await other.Instances.TryCreateAsync(State("one") with { Status = OrchestrationRuntimeStatus.Completed }, default);
        await other.Inbox.TryAddAsync("one", "event-1", Event(1), default);
        using var killed = new CancellationTokenSource();
        var storage = new WatchedStorage(async message =>
        {
            if (message.Request.Method == RequestMethod.Delete && message.Request.Uri.Path.Contains("-instances/", StringComparison.Ordinal))
                await killed.CancelAsync();
            killed.Token.ThrowIfCancellationRequested();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new InstancePurge(storage.Services(azurite, name)).PurgeAsync("one", false, killed.Token));

        Assert.Null(await other.Instances.FindAsync("one", default));
        Assert.Empty(await other.Inbox.ListAsync("one", default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_that_a_killed_sender_sends_again_is_received_once(bool isNewExecution)
    {
        var name = TestHub.NewName();
        var app = new TestApp().Orchestrator<bool?>("Wait", async context =>
        {
            if (context.GetInput<string>() != "again")
            {
                await context.WaitForExternalEvent<int>("Word");
                if (isNewExecution)
                {
                    context.ContinueAsNew("again");
                    return null;
                }
            }

            context.SetCustomStatus("received");
            var second = context.WaitForExternalEvent<int>("Word");
            await context.WaitForExternalEvent<int>("End");
            return second.IsCompleted;
        });
        await using var hub = await TestHub.StartAsync(azurite, app, name);
        var inbox = WatchedStorage.Unwatched(azurite, name).Inbox;
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        var sent = Event(1);
        await inbox.TryAddAsync(id, "sent-sender-000001", sent, default);
        await hub.ReachAsync(id, found => found.SerializedCustomStatus == "\"received\"");
        while ((await inbox.ListAsync(id, default)).Count > 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.True(await inbox.TryAddAsync(id, "sent-sender-000001", sent, default));
        await hub.Client.RaiseEventAsync(id, "End", 1);

        Assert.False((await hub.EndAsync(id)).ReadOutputAs<bool>());
        Assert.Empty(await inbox.ListAsync(id, default));
    }

    private static TurnRunner Runner(HubServices hub) =>
        new(hub, new OutboxSender(hub, new InstanceStarter(hub)), (_, _) => { }, CancellationToken.None);

    private static InboxItem Event(int payload) => new()
    {
        Kind = InboxKind.EventRaised,
        Timestamp = DateTimeOffset.UtcNow,
        Name = "Word",
        Payload = payload.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static InstanceState State(string id) => new()
    {
        InstanceId = id,
        Name = "Wait",
        ExecutionId = "first",
        Status = OrchestrationRuntimeStatus.Pending,
        CreatedAt = DateTimeOffset.UtcNow,
        LastUpdatedAt = DateTimeOffset.UtcNow,
    };
}
