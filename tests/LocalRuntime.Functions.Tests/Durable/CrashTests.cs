using LocalRuntime.Functions.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRuntime.Functions.Tests.Durable;

public sealed class CrashTests(AzuriteFixture azurite)
{
    private const int Deaths = 24;

    [Fact]
    public async Task A_process_that_dies_at_any_storage_operation_loses_nothing()
    {
        // A whole run takes some 115 operations. A few at a time: each is two hubs on the one storage emulator, and a hub that waits its turn there for minutes tests nothing.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Deaths),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (n, _) => await DieAndRestartAsync(1 + (n * 5)));
    }

    [Fact]
    public async Task What_a_killed_process_held_is_free_at_once_for_the_next_on_the_same_machine()
    {
        var name = TestHub.NewName();
        var taken = new TaskCompletionSource();
        var first = new TestApp()
            .Activity<int, int>("Work", async (n, cancellation) =>
            {
                taken.SetResult();
                await Task.Delay(TimeSpan.FromMinutes(10), cancellation);
                return n;
            })
            .Orchestrator("Job", context => context.CallActivityAsync<int>("Work", 1));
        var second = new TestApp()
            .Activity<int, int>("Work", n => n + 100)
            .Orchestrator("Job", context => context.CallActivityAsync<int>("Work", 1));
        DurableTaskOptions Patient(DurableTaskOptions options) => options with { WorkItemVisibility = TimeSpan.FromMinutes(10) };
        var one = await TestHub.StartAsync(azurite, first, name, Patient);
        var id = await one.Client.ScheduleNewOrchestrationInstanceAsync("Job");
        await taken.Task;
        await one.Hub.AbandonAsync();

        await using var two = await TestHub.StartAsync(azurite, second, name, Patient);

        Assert.Equal(101, (await two.EndAsync(id)).ReadOutputAs<int>());
    }

    private async Task DieAndRestartAsync(int lastOperation)
    {
        var name = TestHub.NewName();
        var settings = new DurableTaskOptions { HubName = name, WorkItemVisibility = TimeSpan.FromSeconds(6) };
        var storage = new DyingStorage(lastOperation);
        var dying = new DurableTaskHub(
            storage.Blobs(azurite.ConnectionString), storage.Queues(azurite.ConnectionString), App(), settings, TimeProvider.System, NullLoggerFactory.Instance);
        await Task.WhenAny(storage.Died.Task, RunAsync(dying));
        await dying.AbandonAsync();

        await using var hub = await TestHub.StartAsync(azurite, App(), name, _ => settings);
        await StartOnceAsync(hub.Client);
        var end = await hub.EndAsync("study");
        Assert.Equal("0,1,4 child:9 event:7", end.ReadOutputAs<string>());
        var history = (await hub.Hub.GetHistoryAsync("study", default))!;
        var results = history.Where(entry => entry.Kind is HistoryKind.TaskCompleted or HistoryKind.SubOrchestrationCompleted or HistoryKind.TimerFired);
        Assert.Equal(results.Count(), results.DistinctBy(entry => entry.TaskId).Count());
        Assert.DoesNotContain(history, entry => entry.Kind is HistoryKind.TaskFailed or HistoryKind.SubOrchestrationFailed);
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync("study", default) > 5);
    }

    private static async Task RunAsync(DurableTaskHub hub)
    {
        await hub.StartAsync(default);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Study", 3, new StartOrchestrationOptions("study"));
        await hub.Client.WaitForInstanceCompletionAsync("study");
    }

    private static async Task StartOnceAsync(DurableTaskClient client)
    {
        var once = new StartOrchestrationOptions("study").WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync("Study", 3, once);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // The process before has started it.
        }
    }

    private static TestApp App() => new TestApp()
        .Activity<int, int>("Square", n => n * n)
        .Activity<string, bool>("Nothing", _ => true)
        .Orchestrator("Child", context => context.CallActivityAsync<int>("Square", 3))
        .Orchestrator("Talker", context =>
        {
            context.SendEvent(context.Parent!.InstanceId, "Word", 7);
            return Task.FromResult(0);
        })
        .Orchestrator("Study", async context =>
        {
            await context.CallActivityAsync("Nothing", "plan");
            var squares = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => context.CallActivityAsync<int>("Square", n)));
            await context.CreateTimer(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            var child = await context.CallSubOrchestratorAsync<int>("Child");
            await context.CallSubOrchestratorAsync("Talker");
            var word = await context.WaitForExternalEvent<int>("Word");
            return $"{string.Join(',', squares)} child:{child} event:{word}";
        });
}
