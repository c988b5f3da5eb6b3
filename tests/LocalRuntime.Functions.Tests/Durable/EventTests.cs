using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Tests.Durable;

public sealed class EventTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_event_that_comes_before_it_is_awaited_is_kept_under_its_name_in_any_case()
    {
        var app = new TestApp().Orchestrator("Early", async context =>
        {
            await context.WaitForExternalEvent<int>("Go");
            return await context.WaitForExternalEvent<string>("Approval");
        });
        await using var hub = await TestHub.StartAsync(azurite, app);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Early");

        await hub.Client.RaiseEventAsync(id, "APPROVAL", "yes");
        await hub.Client.RaiseEventAsync(id, "go", 1);

        var end = await hub.EndAsync(id);
        Assert.Equal("yes", end.ReadOutputAs<string>());
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync(id, default) > 1);
    }

    [Fact]
    public async Task Waiting_for_an_event_ends_when_its_time_is_over()
    {
        var app = new TestApp().Orchestrator("Impatient", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("Approval", TimeSpan.FromMilliseconds(200));
            }
            catch (TaskCanceledException)
            {
                return "too late";
            }
        });
        await using var hub = await TestHub.StartAsync(azurite, app);

        Assert.Equal("too late", (await hub.RunAsync("Impatient")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_in_time_cancels_the_timeout()
    {
        var app = new TestApp().Orchestrator("Patient", async context =>
            await context.WaitForExternalEvent<string>("Approval", TimeSpan.FromDays(2)));
        await using var hub = await TestHub.StartAsync(azurite, app);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Patient");
        await hub.ReachAsync(id, OrchestrationRuntimeStatus.Running);

        await hub.Client.RaiseEventAsync(id, "Approval", "in time");

        Assert.Equal("in time", (await hub.EndAsync(id)).ReadOutputAs<string>());
        Assert.True(await hub.Hub.ReplayEveryPrefixAsync(id, default) > 1);
    }

    [Fact]
    public async Task One_orchestration_can_send_an_event_to_another()
    {
        var app = new TestApp()
            .Orchestrator("Receiver", async context => await context.WaitForExternalEvent<int>("Number"))
            .Orchestrator("Sender", context =>
            {
                context.SendEvent(context.GetInput<string>()!, "Number", 17);
                return Task.FromResult(0);
            });
        await using var hub = await TestHub.StartAsync(azurite, app);
        var receiver = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Receiver");

        await hub.RunAsync("Sender", receiver);

        Assert.Equal(17, (await hub.EndAsync(receiver)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_scheduled_start_waits_for_its_time_and_keeps_what_comes_before()
    {
        var app = new TestApp().Orchestrator("Later", async context =>
            (await context.WaitForExternalEvent<string>("Word"), context.CurrentUtcDateTime).ToString());
        await using var hub = await TestHub.StartAsync(azurite, app);
        var startAt = DateTimeOffset.UtcNow.AddSeconds(1.5);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Later", new Microsoft.DurableTask.StartOrchestrationOptions(null, startAt));

        await hub.Client.RaiseEventAsync(id, "Word", "early");

        var end = await hub.EndAsync(id);
        Assert.Contains("early", end.ReadOutputAs<string>(), StringComparison.Ordinal);
        Assert.True(end.LastUpdatedAt >= startAt);
    }

    [Fact]
    public async Task Nobody_can_tell_an_instance_that_is_missing_or_has_ended_anything()
    {
        var app = new TestApp().Orchestrator("Short", _ => Task.FromResult(1));
        await using var hub = await TestHub.StartAsync(azurite, app);
        var end = await hub.RunAsync("Short");

        await Assert.ThrowsAnyAsync<Exception>(() => hub.Client.RaiseEventAsync("nobody", "Word"));
        await Assert.ThrowsAnyAsync<Exception>(() => hub.Client.RaiseEventAsync(end.InstanceId, "Word"));
        Assert.Null(await hub.Client.GetInstanceAsync("nobody"));
    }
}
