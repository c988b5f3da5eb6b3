using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Tests.Durable;

public sealed class StartTests(AzuriteFixture azurite)
{
    private static readonly OrchestrationRuntimeStatus[] Once =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
    ];

    [Fact]
    public async Task A_running_instance_refuses_a_second_start()
    {
        await using var hub = await TestHub.StartAsync(azurite, App());
        await StartAsync(hub, "Waits", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(hub, "Waits", 2));

        Assert.Equal(1, (await hub.Client.GetInstanceAsync("one", true))?.ReadInputAs<int>());
    }

    [Fact]
    public async Task A_completed_instance_is_started_anew_unless_its_status_is_listed()
    {
        await using var hub = await TestHub.StartAsync(azurite, App());
        await StartAsync(hub, "Echo", 1);
        await hub.EndAsync("one");

        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(hub, "Echo", 2, Once));
        Assert.Equal(1, (await hub.EndAsync("one")).ReadOutputAs<int>());
        await StartAsync(hub, "Echo", 3);
        await hub.ReachAsync("one", found => found.IsCompleted && found.ReadOutputAs<int>() == 3);
    }

    [Fact]
    public async Task A_failed_instance_is_started_anew_if_its_status_is_not_listed()
    {
        await using var hub = await TestHub.StartAsync(azurite, App());
        await StartAsync(hub, "Throws", 1);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndAsync("one")).RuntimeStatus);

        await StartAsync(hub, "Echo", 2, Once);

        await hub.ReachAsync("one", found => found.RuntimeStatus == OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_running_instance_whose_status_is_not_listed_is_replaced()
    {
        await using var hub = await TestHub.StartAsync(azurite, App());
        await StartAsync(hub, "Waits", 1);
        await hub.ReachAsync("one", OrchestrationRuntimeStatus.Running);

        await StartAsync(hub, "Echo", 2, OrchestrationRuntimeStatus.Completed);

        Assert.Equal(2, (await hub.EndAsync("one")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Of_many_starts_at_once_exactly_one_is_accepted()
    {
        var app = App();
        await using var hub = await TestHub.StartAsync(azurite, app);

        var starts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            try
            {
                await StartAsync(hub, "Counts", n, Once);
                return 1;
            }
            catch (Exception)
            {
                return 0;
            }
        }));

        Assert.Equal(1, starts.Sum());
        await hub.EndAsync("one");
        Assert.Single(app.Ran);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("@a")]
    public async Task An_id_that_storage_cannot_hold_is_refused(string id)
    {
        await using var hub = await TestHub.StartAsync(azurite, App());

        await Assert.ThrowsAsync<ArgumentException>(
            () => hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", 1, new StartOrchestrationOptions(id)));
    }

    private static TestApp App() => new TestApp()
        .Activity<int, int>("Count", n => n)
        .Orchestrator("Counts", context => context.CallActivityAsync<int>("Count", 1))
        .Orchestrator("Waits", context => context.WaitForExternalEvent<int>("Never"))
        .Orchestrator<int>("Throws", _ => throw new InvalidDataException("bad"))
        .Orchestrator("Echo", context => Task.FromResult(context.GetInput<int>()));

    private static Task StartAsync(TestHub hub, string orchestrator, int input, params OrchestrationRuntimeStatus[] statuses)
    {
        var options = new StartOrchestrationOptions("one");
        return hub.Client.ScheduleNewOrchestrationInstanceAsync(
            orchestrator, input, statuses.Length > 0 ? options.WithDedupeStatuses(statuses) : options);
    }
}
