using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Tests.Durable;

public sealed class ControlTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_terminated_instance_ends_with_the_given_output_and_leaves_its_children_alone()
    {
        await using var hub = await TestHub.StartAsync(azurite, FamilyApp());
        var (parent, child) = await StartFamilyAsync(hub);

        await hub.Client.TerminateInstanceAsync(parent, (object)"enough");

        var end = await hub.EndAsync(parent);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("enough", end.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync(child))?.RuntimeStatus);
    }

    [Fact]
    public async Task A_recursive_termination_ends_the_children_too()
    {
        await using var hub = await TestHub.StartAsync(azurite, FamilyApp());
        var (parent, child) = await StartFamilyAsync(hub);

        await hub.Client.TerminateInstanceAsync(parent, new TerminateInstanceOptions(Recursive: true));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(parent)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(child)).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_takes_no_step_until_it_is_resumed()
    {
        var app = new TestApp()
            .Activity<int, int>("Echo", n => n)
            .Orchestrator("Steps", async context =>
            {
                var word = await context.WaitForExternalEvent<int>("Word");
                return await context.CallActivityAsync<int>("Echo", word);
            });
        await using var hub = await TestHub.StartAsync(azurite, app);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Steps");
        await hub.ReachAsync(id, OrchestrationRuntimeStatus.Running);

        await hub.Client.SuspendInstanceAsync(id, "because");
        await hub.ReachAsync(id, OrchestrationRuntimeStatus.Suspended);
        await hub.Client.RaiseEventAsync(id, "Word", 8);
        var history = await WaitForEventAsync(hub, id);

        Assert.DoesNotContain(history, entry => entry.IsAction);
        Assert.Empty(app.Ran);
        await hub.Client.ResumeInstanceAsync(id);
        Assert.Equal(8, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync(id, default) > 3);
    }

    [Fact]
    public async Task Only_finished_instances_are_purged()
    {
        var app = new TestApp()
            .Orchestrator("Short", _ => Task.FromResult(1))
            .Orchestrator("Waits", context => context.WaitForExternalEvent<int>("Word"));
        await using var hub = await TestHub.StartAsync(azurite, app);
        var ended = (await hub.RunAsync("Short")).InstanceId;
        var another = (await hub.RunAsync("Short")).InstanceId;
        var waiting = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits");

        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync(waiting)).PurgedInstanceCount);
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync(ended)).PurgedInstanceCount);
        Assert.Null(await hub.Client.GetInstanceAsync(ended));
        Assert.Equal(1, (await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        Assert.Null(await hub.Client.GetInstanceAsync(another));
        Assert.NotNull(await hub.Client.GetInstanceAsync(waiting));
    }

    [Fact]
    public async Task A_custom_status_is_seen_while_the_instance_runs_and_after()
    {
        var app = new TestApp().Orchestrator("Reports", async context =>
        {
            context.SetCustomStatus(new { Step = "waiting" });
            await context.WaitForExternalEvent<int>("Word");
            context.SetCustomStatus(new { Step = "done" });
            return 0;
        });
        await using var hub = await TestHub.StartAsync(azurite, app);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Reports");

        await hub.ReachAsync(id, found => found.SerializedCustomStatus == """{"Step":"waiting"}""");
        await hub.Client.RaiseEventAsync(id, "Word", 1);

        Assert.Equal("""{"Step":"done"}""", (await hub.EndAsync(id)).SerializedCustomStatus);
    }

    [Fact]
    public async Task A_custom_status_that_is_too_large_fails_the_orchestration()
    {
        var app = new TestApp().Orchestrator("Talks", context =>
        {
            context.SetCustomStatus(new string('x', 9000));
            return Task.FromResult(0);
        });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Talks");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("16 KB", end.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_are_listed_by_status_prefix_and_page()
    {
        var app = new TestApp()
            .Orchestrator("Short", context => Task.FromResult(context.GetInput<int>()))
            .Orchestrator("Waits", context => context.WaitForExternalEvent<int>("Word"));
        await using var hub = await TestHub.StartAsync(azurite, app);
        for (var i = 0; i < 5; i++)
        {
            var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Short", i, new StartOrchestrationOptions($"a-{i}"));
            await hub.EndAsync(id);
        }

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("a-waiting"));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("b-waiting"));

        var ended = new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Completed], InstanceIdPrefix: "a-", PageSize: 2, FetchInputsAndOutputs: true);
        var outputs = new List<int>();
        await foreach (var page in hub.Client.GetAllInstancesAsync(ended).AsPages())
        {
            Assert.True(page.Values.Count <= 2);
            outputs.AddRange(page.Values.Select(found => found.ReadOutputAs<int>()));
        }

        Assert.Equal([0, 1, 2, 3, 4], outputs);
    }

    private static TestApp FamilyApp() => new TestApp()
        .Orchestrator("Child", context => context.WaitForExternalEvent<int>("Never"))
        .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>(
            "Child", null, new SubOrchestrationOptions(instanceId: context.InstanceId + "-child")));

    private static async Task<(string Parent, string Child)> StartFamilyAsync(TestHub hub)
    {
        var parent = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        await hub.ReachAsync(parent + "-child", OrchestrationRuntimeStatus.Running);
        return (parent, parent + "-child");
    }

    private static async Task<IReadOnlyList<LocalRuntime.Functions.Durable.HistoryEvent>> WaitForEventAsync(TestHub hub, string id)
    {
        while (true)
        {
            var history = await hub.Hub.GetHistoryAsync(id, TestContext.Current.CancellationToken);
            if (history!.Any(entry => entry.Kind == LocalRuntime.Functions.Durable.HistoryKind.EventRaised))
                return history!;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
