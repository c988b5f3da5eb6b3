using LocalRuntime.Functions.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRuntime.Functions.Tests.Durable;

/// <summary>A hub of its own name that works until it is disposed.</summary>
internal sealed class TestHub(DurableTaskHub hub, string name) : IAsyncDisposable
{
    public DurableTaskHub Hub => hub;

    public DurableTaskClient Client => hub.Client;

    public string Name => name;

    public static async Task<TestHub> StartAsync(
        AzuriteFixture azurite, TestApp app, string? name = null, Func<DurableTaskOptions, DurableTaskOptions>? options = null)
    {
        name ??= NewName();
        var settings = new DurableTaskOptions { HubName = name };
        var hub = new DurableTaskHub(
            azurite.Blobs, azurite.Queues, app, options?.Invoke(settings) ?? settings, TimeProvider.System, NullLoggerFactory.Instance);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        return new(hub, name);
    }

    public static string NewName() => $"hub{Guid.NewGuid():N}"[..20];

    /// <summary>Runs an orchestration to its end; every prefix of its history must replay.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input);
        return await EndAsync(id);
    }

    /// <summary>Waits for an orchestration's end.</summary>
    public async Task<OrchestrationMetadata> EndAsync(string instanceId)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        return await Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, limit.Token);
    }

    /// <summary>Waits until an orchestration is in a status.</summary>
    public Task<OrchestrationMetadata> ReachAsync(string instanceId, OrchestrationRuntimeStatus status) =>
        ReachAsync(instanceId, found => found.RuntimeStatus == status);

    /// <summary>Waits until an orchestration looks as expected.</summary>
    public async Task<OrchestrationMetadata> ReachAsync(string instanceId, Func<OrchestrationMetadata, bool> expected)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true) is { } found && expected(found))
                return found;
            await Task.Delay(50);
        }

        throw new TimeoutException($"The orchestration {instanceId} never came to look as expected.");
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
