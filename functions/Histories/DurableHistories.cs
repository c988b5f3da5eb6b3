using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;

namespace RadiomicsFunctions.Histories;

/// <summary>The histories as the Durable client gives them.</summary>
internal sealed class DurableHistories(DurableTaskClient client) : IHistories
{
    private static readonly OrchestrationRuntimeStatus[] _working = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];
    private static readonly OrchestrationRuntimeStatus[] _over = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <inheritdoc/>
    public async Task<UnderWay> UnderWayAsync(CancellationToken cancellation)
    {
        List<PredictionRequest> requests = [];
        await foreach (var instance in InstancesAsync(_working).WithCancellation(cancellation))
        {
            if (PredictionId.IsValid(instance.InstanceId))
            {
                requests.Add(instance.ReadInputAs<PredictionRequest>()!);
            }
        }

        return new(
            requests.Select(request => request.UploadId).ToHashSet(StringComparer.Ordinal),
            requests.Select(request => request.Id).ToHashSet(StringComparer.Ordinal),
            requests.Select(request => request.Center).ToHashSet(StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EndedInstance> EndedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var instance in InstancesAsync(_over).WithCancellation(cancellation))
        {
            if (CenterOf(instance) is { } center)
            {
                yield return new(instance.InstanceId, center, instance.LastUpdatedAt);
            }
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string id, CancellationToken cancellation) => client.PurgeInstanceAsync(id, cancellation);

    private IAsyncEnumerable<OrchestrationMetadata> InstancesAsync(IEnumerable<OrchestrationRuntimeStatus> statuses) =>
        client.GetAllInstancesAsync(new OrchestrationQuery { Statuses = statuses, FetchInputsAndOutputs = true });

    // Predictions, retrainings and waits, told apart by the form of their ids; nothing else is started.
    private static string? CenterOf(OrchestrationMetadata instance) => instance.InstanceId switch
    {
        var id when PredictionId.IsValid(id) => instance.ReadInputAs<PredictionRequest>()!.Center,
        var id when RetrainingId.IsValid(id) => instance.ReadInputAs<RetrainingRequest>()!.Center,
        ['s', '-', ..] => instance.ReadInputAs<AwaitRequest>()!.Study.Center,
        _ => null,
    };
}
