using DurableTask.AzureStorage;
using DurableTask.Core;
using Functions.Tests.Replay;

namespace Functions.Tests;

/// <summary>The app's task hub as it lies in the storage account, read beside the host.</summary>
internal sealed class TaskHub(string connection, string name)
{
    private readonly AzureStorageOrchestrationService _service = new(new AzureStorageOrchestrationServiceSettings
    {
        StorageAccountClientProvider = new StorageAccountClientProvider(connection),
        TaskHubName = name,
    });

    /// <summary>The newest execution of an instance; null if there is none.</summary>
    public async Task<OrchestrationState?> FindAsync(string id) => (await _service.GetOrchestrationStateAsync(id, allExecutions: false)).FirstOrDefault();

    /// <summary>Waits until an instance has ended, which is a moment after its record has been written.</summary>
    public async Task<OrchestrationState> EndAsync(string id)
    {
        for (var attempt = 0; attempt < 2400; attempt++)
        {
            if (await FindAsync(id) is { OrchestrationStatus: OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated } end)
                return end;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The instance {id} never ended.");
    }

    /// <summary>Forgets an instance that has ended.</summary>
    public async Task PurgeAsync(string id)
    {
        var purged = await _service.PurgeInstanceHistoryAsync(id);
        Assert.Equal(1, purged.InstancesDeleted);
    }

    /// <summary>All events of an instance that has ended.</summary>
    public async Task<RecordedHistory> HistoryAsync(string id)
    {
        var end = await EndAsync(id);
        return RecordedHistory.Parse(await _service.GetOrchestrationHistoryAsync(id, end.OrchestrationInstance.ExecutionId));
    }
}
