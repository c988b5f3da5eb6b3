using System.Collections.Concurrent;
using Azure;
using LocalRuntime.Functions.Durable;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Tests.Durable;

public sealed class SharingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Two_hosts_on_one_hub_share_the_activities()
    {
        var ranBy = new ConcurrentDictionary<string, int>();
        var name = TestHub.NewName();
        TestApp App(string host) => new TestApp()
            .Activity<int, int>("Slow", async (n, cancellation) =>
            {
                ranBy.AddOrUpdate(host, 1, (_, count) => count + 1);
                await Task.Delay(300, cancellation);
                return n;
            })
            .Orchestrator("Fan", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 12).Select(n => context.CallActivityAsync<int>("Slow", n)))).Sum());
        DurableTaskOptions Few(DurableTaskOptions options) => options with { MaxConcurrentActivities = 2 };
        await using var one = await TestHub.StartAsync(azurite, App("one"), name, Few);
        await using var two = await TestHub.StartAsync(azurite, App("two"), name, Few);

        var end = await one.RunAsync("Fan");

        Assert.Equal(66, end.ReadOutputAs<int>());
        Assert.Equal(12, ranBy.Values.Sum());
        Assert.Equal(2, ranBy.Count);
    }

    [Fact]
    public async Task An_event_raised_through_one_host_reaches_an_instance_of_another()
    {
        var name = TestHub.NewName();
        TestApp App() => new TestApp().Orchestrator("Waits", context => context.WaitForExternalEvent<int>("Word"));
        await using var one = await TestHub.StartAsync(azurite, App(), name);
        await using var two = await TestHub.StartAsync(azurite, App(), name);
        var id = await one.Client.ScheduleNewOrchestrationInstanceAsync("Waits");

        await two.Client.RaiseEventAsync(id, "Word", 4);

        Assert.Equal(4, (await one.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_stopped_host_gives_its_activities_to_the_other()
    {
        var name = TestHub.NewName();
        var taken = new TaskCompletionSource();
        var first = new TestApp()
            .Activity<int, int>("Work", async (n, cancellation) =>
            {
                taken.SetResult();
                await Task.Delay(TimeSpan.FromMinutes(5), cancellation);
                return n;
            })
            .Orchestrator("Job", context => context.CallActivityAsync<int>("Work", 1));
        var second = new TestApp()
            .Activity<int, int>("Work", n => n + 100)
            .Orchestrator("Job", context => context.CallActivityAsync<int>("Work", 1));
        string id;
        await using (var one = await TestHub.StartAsync(azurite, first, name))
        {
            id = await one.Client.ScheduleNewOrchestrationInstanceAsync("Job");
            await taken.Task;
        }

        await using var two = await TestHub.StartAsync(azurite, second, name);

        Assert.Equal(101, (await two.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task The_commit_of_a_stale_host_is_refused()
    {
        var store = new InstanceStore(azurite.Blobs, TestHub.NewName());
        await store.EnsureAsync(default);
        var state = State("one");
        Assert.True(await store.TryCreateAsync(state, default));
        var read = (await store.FindAsync("one", default))!;

        string lostLease;
        await using (var first = (await store.TryLeaseAsync("one", TimeSpan.FromSeconds(15), default))!)
        {
            lostLease = first.Id;
            Assert.Null(await store.TryLeaseAsync("one", TimeSpan.FromSeconds(15), default));
        }

        await using var second = (await store.TryLeaseAsync("one", TimeSpan.FromSeconds(15), default))!;
        var now = await store.CommitAsync(state with { CustomStatus = "\"second\"" }, read.ETag, second.Id, default);

        var withoutLease = await Assert.ThrowsAsync<RequestFailedException>(() => store.CommitAsync(state, now, lostLease, default));
        var withOldVersion = await Assert.ThrowsAsync<RequestFailedException>(() => store.CommitAsync(state, read.ETag, second.Id, default));
        Assert.Equal((412, 412), (withoutLease.Status, withOldVersion.Status));
        Assert.Equal("\"second\"", (await store.FindAsync("one", default))!.State.CustomStatus);
    }

    [Fact]
    public async Task The_result_of_a_task_is_recorded_once()
    {
        var inbox = new InboxStore(azurite.Blobs, TestHub.NewName());
        await inbox.EnsureAsync(default);
        var key = InboxItem.ResultKey("execution", 3);
        var result = new InboxItem { Kind = InboxKind.TaskCompleted, Timestamp = DateTimeOffset.UtcNow, Payload = "1" };

        Assert.True(await inbox.TryAddAsync("one", key, result, default));
        Assert.False(await inbox.TryAddAsync("one", key, result with { Payload = "2" }, default));

        Assert.Equal("1", (await inbox.FindAsync("one", key, default))?.Payload);
    }

    [Fact]
    public async Task A_queue_whose_activities_are_all_being_worked_on_is_not_empty()
    {
        var queue = new WorkItemQueue(azurite.Queues, TestHub.NewName());
        await queue.EnsureAsync(default);
        Assert.True(await queue.IsEmptyAsync(default));
        await queue.SendAsync(new("one", "execution", 0), default);

        var taken = Assert.Single(await queue.ReceiveAsync(5, TimeSpan.FromMinutes(1), default));
        Assert.Empty(await queue.ReceiveAsync(5, TimeSpan.FromMinutes(1), default));

        Assert.False(await queue.IsEmptyAsync(default));
        await queue.DeleteAsync(taken.MessageId, taken.PopReceipt, default);
        Assert.True(await queue.IsEmptyAsync(default));
    }

    [Fact]
    public async Task Activities_of_an_emptied_queue_are_queued_again()
    {
        var name = TestHub.NewName();
        TestApp App() => new TestApp()
            .Activity<int, int>("Work", n => n + 1)
            .Orchestrator("Job", context => context.CallActivityAsync<int>("Work", 1));
        // A host that takes no activities leaves this one in the queue.
        string id;
        await using (var one = await TestHub.StartAsync(azurite, App(), name, options => options with { MaxConcurrentActivities = 0 }))
        {
            id = await one.Client.ScheduleNewOrchestrationInstanceAsync("Job");
            await one.ReachAsync(id, OrchestrationRuntimeStatus.Running);
        }

        await azurite.Queues.GetQueueClient($"{name}-workitems").ClearMessagesAsync();
        await using var two = await TestHub.StartAsync(azurite, App(), name, options => options with { SweepInterval = TimeSpan.FromSeconds(1) });

        Assert.Equal(2, (await two.EndAsync(id)).ReadOutputAs<int>());
    }

    private static InstanceState State(string id) => new()
    {
        InstanceId = id,
        Name = "Any",
        ExecutionId = "execution",
        Status = OrchestrationRuntimeStatus.Pending,
        CreatedAt = DateTimeOffset.UtcNow,
        LastUpdatedAt = DateTimeOffset.UtcNow,
    };
}
