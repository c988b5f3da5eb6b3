using LocalRuntime.Functions.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Tests.Durable;

public sealed class DeterminismTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_orchestrator_that_does_something_else_than_before_fails_with_both_named()
    {
        var turns = 0;
        var app = new TestApp()
            .Activity<int, int>("First", n => n)
            .Activity<int, int>("Other", n => n)
            .Orchestrator("Fickle", async context =>
            {
                await context.CallActivityAsync<int>(turns++ == 0 ? "First" : "Other", 1);
                return 0;
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Fickle");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("'First'", end.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("'Other'", end.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestrator_that_does_more_than_before_fails()
    {
        var turns = 0;
        var app = new TestApp()
            .Activity<int, int>("Echo", n => n)
            .Orchestrator("Growing", async context =>
            {
                var calls = Enumerable.Range(0, ++turns).Select(n => context.CallActivityAsync<int>("Echo", n));
                return await Task.WhenAll(calls);
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Growing");

        Assert.Contains("history says nothing", end.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Awaiting_a_delay_fails_with_the_rule() => await FailsWithTheRuleAsync(async _ => await Task.Delay(50));

    [Fact]
    public async Task Awaiting_a_thread_pool_task_fails_with_the_rule() =>
        await FailsWithTheRuleAsync(async _ => await Task.Run(() => Thread.Sleep(50)));

    [Fact]
    public async Task Leaving_the_orchestrator_s_thread_fails_with_the_rule() => await FailsWithTheRuleAsync(async context =>
    {
        await context.CallActivityAsync<int>("Echo", 1).ConfigureAwait(false);
        await context.CallActivityAsync<int>("Echo", 2);
    });

    [Fact]
    public async Task Using_the_context_from_another_thread_fails_with_the_rule() =>
        await FailsWithTheRuleAsync(context => Task.Run(() => context.CallActivityAsync<int>("Echo", 1)));

    [Fact]
    public async Task A_delay_beside_a_durable_task_fails_with_the_rule_once_it_is_over() => await FailsWithTheRuleAsync(async context =>
    {
        var never = context.WaitForExternalEvent<int>("Never");
        await Task.WhenAny(never, Task.Delay(200));
    });

    [Fact]
    public async Task Continuations_of_durable_tasks_are_allowed()
    {
        var app = new TestApp()
            .Activity<int, int>("Echo", n => n)
            .Orchestrator("Chains", async context =>
            {
                var first = await context.CallActivityAsync<int>("Echo", 1);
                var next = await context.CallActivityAsync<int>("Echo", 2).ContinueWith(done => done.Result + 1, TaskScheduler.Current);
                await Task.Yield();
                return first + next;
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        Assert.Equal(4, (await hub.RunAsync("Chains")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_replay_of_changed_code_is_found_by_the_replay_tester()
    {
        var name = TestHub.NewName();
        var app = new TestApp()
            .Activity<int, int>("Echo", n => n)
            .Orchestrator("Work", context => context.CallActivityAsync<int>("Echo", 1));
        string id;
        await using (var before = await TestHub.StartAsync(azurite, app, name))
            id = (await before.RunAsync("Work")).InstanceId;

        var changed = new TestApp().Orchestrator("Work", context => context.CallActivityAsync<int>("Echo", 2));
        await using var after = await TestHub.StartAsync(azurite, changed, name);

        await Assert.ThrowsAsync<NonDeterministicOrchestrationException>(() => after.Hub.ReplayEveryPrefixAsync(id, default));
    }

    private async Task FailsWithTheRuleAsync(Func<TaskOrchestrationContext, Task> code)
    {
        var app = new TestApp()
            .Activity<int, int>("Echo", n => n)
            .Orchestrator("Strays", async context =>
            {
                await code(context);
                return 0;
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Strays");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("may await only tasks that come from its TaskOrchestrationContext", end.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }
}
