using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace RadiomicsFunctions.Orchestrations;

/// <summary>The one way in which the doors start orchestrations.</summary>
internal static class StartOnce
{
    /// <summary>An instance that has one of these isn't started again.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> Settled { get; } =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
    ];

    /// <summary>The same where one that has completed may start over. Never less: the host replaces a running instance whose status isn't named.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> UnderWay { get; } = [.. Settled.Where(status => status != OrchestrationRuntimeStatus.Completed)];

    /// <summary>
    /// Starts an instance unless it has one of the statuses. Returns whether the start was accepted: of several at once that find no instance yet, the
    /// host accepts all, keeps one and drops the others before anything runs.
    /// </summary>
    public static async Task<bool> StartAsync(
        DurableTaskClient client, string orchestration, string id, object input, IReadOnlyList<OrchestrationRuntimeStatus> unless)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestration, input, new StartOrchestrationOptions(id).WithDedupeStatuses([.. unless]));
            return true;
        }
        catch (Exception)
        {
            // What a refused duplicate throws differs between versions of the host; that the instance is there says it all.
            if (await client.GetInstanceAsync(id) is not { } other || !unless.Contains(other.RuntimeStatus))
            {
                throw;
            }

            return false;
        }
    }
}
