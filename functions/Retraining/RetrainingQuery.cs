using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Retraining;

/// <summary>Says how far a retraining is: by its record if it is final, else by its orchestration.</summary>
public sealed class RetrainingQuery(CenterProfiles profiles, RetrainingStore retrainings)
{
    private static readonly PredictionError _terminated = new("RetrainingTerminated", "An operator stopped this retraining. Ask for it again to start over.");

    /// <summary>The state of a retraining; null if the center has none of this id.</summary>
    public async Task<RetrainingStatus?> TryGetAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation) =>
        await FindAsync(client, center, id, cancellation) is { } status ? status with { Order = null } : null;

    private async Task<RetrainingStatus?> FindAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation)
    {
        if (!RetrainingId.IsValid(id) || !profiles.Knows(center))
        {
            return null;
        }

        var final = await retrainings.TryGetAsync(center, id, cancellation);
        if (final is { Error: null })
        {
            return final;
        }

        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        return instance?.TryReadInput<RetrainingRequest>() is { } request && request.Center == center
            ? await DescribeAsync(instance, center, id, final, cancellation)
            : final;
    }

    private async Task<RetrainingStatus> DescribeAsync(
        OrchestrationMetadata instance, string center, string id, RetrainingStatus? failed, CancellationToken cancellation) =>
        // The record may have come between the two questions.
        Describe(instance, center, id, instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? await retrainings.TryGetAsync(center, id, cancellation) : failed);

    /// <summary>The state of a retraining by its instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="center">Center of the retraining.</param>
    /// <param name="id">The retraining.</param>
    /// <param name="final">Its record; null if there is none. One of an error says nothing while a later run is under way.</param>
    internal static RetrainingStatus Describe(OrchestrationMetadata instance, string center, string id, RetrainingStatus? final)
    {
        if (final is { Error: null })
        {
            return final;
        }

        var progress = instance.SerializedCustomStatus is { Length: > 0 } ? instance.ReadCustomStatusAs<RetrainingProgress>() : null;
        var status = new RetrainingStatus
        {
            Id = id,
            Center = center,
            Status = progress switch
            {
                { Waiting.Count: > 0 } => RetrainingState.WaitingForApproval,
                { Phase: RetrainingPhase.Queued } => RetrainingState.Queued,
                _ => RetrainingState.Running,
            },
            Progress = progress,
        };
        return instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Pending => status with { Status = RetrainingState.Queued },
            OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed => final ?? Failed(status, RetrainingOutcome.Fault),
            OrchestrationRuntimeStatus.Terminated => Failed(status, _terminated),
            _ => status,
        };
    }

    private static RetrainingStatus Failed(RetrainingStatus status, PredictionError error) =>
        status with { Status = RetrainingState.Failed, Progress = null, Error = error };
}
