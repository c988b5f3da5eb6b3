using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Histories;

/// <summary>The histories as the Durable client gives them. An instance whose input can't be read, say of a version that is long gone, is named in the log and left alone.</summary>
internal sealed class DurableHistories(DurableTaskClient client, ILogger logger) : IHistories
{
    private static readonly OrchestrationRuntimeStatus[] _working = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];
    private static readonly OrchestrationRuntimeStatus[] _over = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    // Often asked in one run: each is named once.
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunningInstance>> UnderWayAsync(CancellationToken cancellation)
    {
        List<RunningInstance> running = [];
        await foreach (var instance in InstancesAsync(_working).WithCancellation(cancellation))
        {
            if (InputOf(instance) is { } input)
            {
                running.Add(new(instance.InstanceId, input.Upload, input.Reads, instance.CreatedAt, instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended));
            }
        }

        return running;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EndedInstance> EndedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var instance in InstancesAsync(_over).WithCancellation(cancellation))
        {
            if (InputOf(instance) is { } input)
            {
                yield return new(instance.InstanceId, input.Center, instance.LastUpdatedAt, input.Study);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> TryFindStartAsync(string id, CancellationToken cancellation) => (await client.GetInstanceAsync(id, cancellation))?.CreatedAt;

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellation)
    {
        // The host purges whatever has the id, in mid-run too, and ids come again: what was sent once more runs under the id that it had.
        if (await client.GetInstanceAsync(id, cancellation) is not { } instance)
        {
            return true;
        }

        if (!_over.Contains(instance.RuntimeStatus))
        {
            return false;
        }

        await client.PurgeInstanceAsync(id, cancellation);
        return true;
    }

    private IAsyncEnumerable<OrchestrationMetadata> InstancesAsync(IEnumerable<OrchestrationRuntimeStatus> statuses) =>
        client.GetAllInstancesAsync(new OrchestrationQuery { Statuses = statuses, FetchInputsAndOutputs = true });

    private Input? InputOf(OrchestrationMetadata instance)
    {
        try
        {
            return Read(instance);
        }
        catch (Exception e) when (e is JsonException or RadiomicsException or NotSupportedException)
        {
            if (_unreadable.Add(instance.InstanceId))
            {
                logger.InstanceUnreadable(instance.InstanceId, e.GetType().Name);
            }

            return null;
        }
    }

    // Predictions, retrainings and waits, told apart by the form of their ids; nothing else is started. A wait reads no study that is here: it starts a prediction.
    private static Input? Read(OrchestrationMetadata instance)
    {
        switch (instance.InstanceId)
        {
            case var id when PredictionId.IsValid(id):
                var prediction = Required(instance.ReadInputAs<PredictionRequest>());
                return new(prediction.Center, [prediction.Center], prediction.UploadId, null);
            case var id when RetrainingId.IsValid(id):
                var retraining = Required(instance.ReadInputAs<RetrainingRequest>());
                return new(retraining.Center, [retraining.Center, .. retraining.Pool.Select(pooled => RetrainingOrder.SplitPooled(pooled).Center)], null, null);
            case ['s', '-', ..]:
                var study = Required(Required(instance.ReadInputAs<AwaitRequest>()).Study);
                return new(study.Center, [], null, study.StudyUid);
            default:
                return null;
        }
    }

    private static T Required<T>(T? input)
        where T : class =>
        input ?? throw new JsonException("The instance has no such input.");

    private sealed record Input(string Center, IReadOnlyList<string> Reads, string? Upload, string? Study);
}
