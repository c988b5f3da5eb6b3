using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Tests.Durable;

public sealed class OrchestrationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Fan_out_and_fan_in_gives_all_results_in_order()
    {
        var app = new TestApp()
            .Activity<int, int>("Square", n => n * n)
            .Orchestrator("Sum", async context =>
            {
                var numbers = context.GetInput<int[]>()!;
                var squares = await Task.WhenAll(numbers.Select(n => context.CallActivityAsync<int>("Square", n)));
                return string.Join(',', squares);
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Sum", new[] { 1, 2, 3, 4, 5, 6, 7 });

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal("1,4,9,16,25,36,49", end.ReadOutputAs<string>());
        Assert.Equal(7, app.Ran.Count);
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync(end.InstanceId, default) >= 8);
    }

    [Fact]
    public async Task The_first_to_finish_wins_a_when_any()
    {
        var app = new TestApp()
            .Activity<string, string>("Wait", async (input, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromMinutes(5), cancellation);
                return input;
            })
            .Orchestrator("Race", async context =>
            {
                var work = context.CallActivityAsync<string>("Wait", "late");
                var timer = context.CreateTimer(TimeSpan.FromMilliseconds(300), CancellationToken.None);
                return await Task.WhenAny(work, timer) == timer ? "timer" : "work";
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Race");

        Assert.Equal("timer", end.ReadOutputAs<string>());
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync(end.InstanceId, default) > 1);
    }

    [Fact]
    public async Task A_cancelled_timer_keeps_nobody_waiting()
    {
        var app = new TestApp()
            .Activity<int, int>("Echo", n => n)
            .Orchestrator("Guarded", async context =>
            {
                using var end = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(30), end.Token);
                var work = context.CallActivityAsync<int>("Echo", 5);
                await Task.WhenAny(work, timer);
                end.Cancel();
                await context.CallActivityAsync<int>("Echo", 6);
                return timer.IsCanceled;
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Guarded");

        Assert.True(end.ReadOutputAs<bool>());
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync(end.InstanceId, default) > 1);
    }

    [Fact]
    public async Task A_failing_activity_is_retried_with_back_off_until_it_succeeds()
    {
        var attempts = 0;
        var app = new TestApp()
            .Activity<string, int>("Flaky", _ => ++attempts < 3 ? throw new InvalidDataException("not yet") : attempts)
            .Orchestrator("Retry", async context =>
            {
                var began = context.CurrentUtcDateTime;
                var policy = new RetryPolicy(5, TimeSpan.FromMilliseconds(100), backoffCoefficient: 2);
                var result = await context.CallActivityAsync<int>("Flaky", "x", TaskOptions.FromRetryPolicy(policy));
                return (result, (context.CurrentUtcDateTime - began).TotalMilliseconds >= 300) == (3, true);
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Retry");

        Assert.True(end.ReadOutputAs<bool>());
        Assert.Equal(3, attempts);
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync(end.InstanceId, default) > 1);
    }

    [Fact]
    public async Task An_activity_that_keeps_failing_throws_its_details_into_the_orchestrator()
    {
        var app = new TestApp()
            .Activity<string, int>("Broken", _ => throw new InvalidDataException("never"))
            .Orchestrator("Catch", async context =>
            {
                try
                {
                    var policy = new RetryPolicy(2, TimeSpan.FromMilliseconds(10));
                    return await context.CallActivityAsync<string>("Broken", "x", TaskOptions.FromRetryPolicy(policy));
                }
                catch (TaskFailedException failed) when (failed.FailureDetails.IsCausedBy<InvalidDataException>())
                {
                    return $"{failed.TaskName}: {failed.FailureDetails.ErrorMessage}";
                }
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Catch");

        Assert.Equal("Broken: never", end.ReadOutputAs<string>());
        Assert.Equal(2, app.Ran.Count);
    }

    [Fact]
    public async Task A_retry_handler_decides_after_each_failure()
    {
        var app = new TestApp()
            .Activity<string, int>("Broken", _ => throw new InvalidDataException("never"))
            .Orchestrator("Handled", async context =>
            {
                try
                {
                    RetryHandler again = retry => retry.LastAttemptNumber < 3;
                    return await context.CallActivityAsync<string>("Broken", "x", TaskOptions.FromRetryHandler(again));
                }
                catch (TaskFailedException)
                {
                    return "gave up";
                }
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Handled");

        Assert.Equal("gave up", end.ReadOutputAs<string>());
        Assert.Equal(3, app.Ran.Count);
    }

    [Fact]
    public async Task An_unhandled_failure_fails_the_orchestration()
    {
        var app = new TestApp().Orchestrator<string>("Throw", _ => throw new InvalidDataException("as it is"));
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Throw");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("as it is", end.FailureDetails?.ErrorMessage);
        Assert.Contains("as it is", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_orchestrators_and_activities_fail_by_name()
    {
        var app = new TestApp().Orchestrator("Calls", context => context.CallActivityAsync<string>("Nowhere"));
        await using var hub = await TestHub.StartAsync(azurite, app);

        Assert.Contains("'Nothing'", (await hub.RunAsync("Nothing")).FailureDetails?.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("'Nowhere'", (await hub.RunAsync("Calls")).FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sub_orchestration_returns_its_result_or_its_failure()
    {
        var app = new TestApp()
            .Activity<int, int>("Double", n => n * 2)
            .Orchestrator("Child", async context => context.GetInput<int>() switch
            {
                < 0 => throw new InvalidDataException("negative"),
                var n => await context.CallActivityAsync<int>("Double", n),
            })
            .Orchestrator("Parent", async context =>
            {
                var good = await context.CallSubOrchestratorAsync<int>("Child", 21);
                try
                {
                    await context.CallSubOrchestratorAsync<int>("Child", -1, new SubOrchestrationOptions(instanceId: context.InstanceId + "-bad"));
                    return "no failure";
                }
                catch (TaskFailedException failed)
                {
                    return $"{good} {failed.FailureDetails.ErrorMessage}";
                }
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Parent");

        Assert.Equal("42 negative", end.ReadOutputAs<string>());
        var child = await hub.Client.GetInstanceAsync(end.InstanceId + "-bad");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, child?.RuntimeStatus);
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync(end.InstanceId, default) > 2);
    }

    [Fact]
    public async Task Continue_as_new_starts_over_and_keeps_events_that_nobody_took()
    {
        var app = new TestApp().Orchestrator("Collect", async context =>
        {
            var sum = context.GetInput<int>();
            if (sum >= 60)
                return sum;
            context.ContinueAsNew(sum + await context.WaitForExternalEvent<int>("Add"));
            return 0;
        });
        await using var hub = await TestHub.StartAsync(azurite, app);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 0);

        foreach (var n in new[] { 10, 20, 30 })
            await hub.Client.RaiseEventAsync(id, "add", n);

        Assert.Equal(60, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Guids_and_time_are_the_same_in_every_replay()
    {
        var seen = new List<(Guid, DateTime)>();
        var app = new TestApp()
            .Activity<int, int>("Echo", n => n)
            .Orchestrator("Fixed", async context =>
            {
                seen.Add((context.NewGuid(), context.CurrentUtcDateTime));
                await context.CallActivityAsync<int>("Echo", 1);
                await context.CallActivityAsync<int>("Echo", 2);
                return context.NewGuid();
            });
        await using var hub = await TestHub.StartAsync(azurite, app);

        var end = await hub.RunAsync("Fixed");

        Assert.Equal(3, seen.Count);
        Assert.Single(seen.Distinct());
        Assert.NotEqual(seen[0].Item1, end.ReadOutputAs<Guid>());
    }
}
