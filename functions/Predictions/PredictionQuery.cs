using Microsoft.DurableTask.Client;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Predictions;

/// <summary>Says how far a prediction is: by its record if it is final, else by its orchestration.</summary>
public sealed class PredictionQuery(CenterProfiles profiles, ServedRecords predictions, TurnDesk desk, TimeProvider time)
{
    private readonly BriefAnswers<PredictionStatus> _answers = new(time, status => status.Status is PredictionState.Queued or PredictionState.Running);
    private readonly BriefAnswers<TurnBook> _books = new(time, _ => true);

    private static readonly PredictionError _terminated = new(
        "PredictionTerminated",
        "An operator stopped this prediction. Send the study again to start over.");

    /// <summary>The state of a prediction of a center, which need not be known; null if that center has none of this id.</summary>
    /// <exception cref="AlteredException">There is a record, and it isn't the one that was published.</exception>
    public async Task<PredictionStatus?> TryGetAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation) =>
        await FindAsync(client, center, id, cancellation) is { } status ? status with { Center = center, Sender = null } : null;

    /// <summary>The same of one that there must be.</summary>
    /// <exception cref="RadiomicsException"><c>PredictionNotFound</c>.</exception>
    /// <exception cref="AlteredException">There is a record, and it isn't the one that was published.</exception>
    public async Task<PredictionStatus> GetAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation) =>
        await TryGetAsync(client, center, id, cancellation)
        ?? throw new RadiomicsException("PredictionNotFound", "This center has no prediction of this id. One that was just uploaded appears once the upload has been noticed.");

    private async Task<PredictionStatus?> FindAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation)
    {
        if (!PredictionId.IsValid(id))
        {
            return null;
        }

        var area = profiles.AreaOf(center);
        var sender = profiles.SenderOf(center);
        return await _answers.GetAsync($"{area}/{sender}/{id}", () => FindAsync(client, area, sender, id), cancellation);
    }

    private async Task<PredictionStatus?> FindAsync(DurableTaskClient client, string area, string? sender, string id)
    {
        var final = await predictions.TryGetAsync(area, id);
        if (final is not null && final.Sender != sender)
        {
            return null;
        }

        if (final is not null && final.Error is not { IsFault: true })
        {
            return final;
        }

        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true);
        return instance?.TryReadInput<PredictionRequest>() is { } request && request.Center == area && request.Sender == sender
            ? await DescribeAsync(instance, area, id, final)
            : final;
    }

    private async Task<PredictionStatus> DescribeAsync(OrchestrationMetadata instance, string area, string id, PredictionStatus? fault)
    {
        var status = new PredictionStatus { Id = id, Center = area, Status = PredictionState.Running };
        if (instance.SerializedCustomStatus is { Length: > 0 } && instance.ReadCustomStatusAs<PredictionProgress>() is { } progress)
        {
            status = status with { Sequences = progress.Sequences, Status = progress.Queued ? PredictionState.Queued : status.Status };
        }

        return instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Pending => status with { Status = PredictionState.Queued },
            // The record may have come between the two questions.
            OrchestrationRuntimeStatus.Completed => await predictions.TryGetAsync(area, id) ?? Failed(status, PredictionError.Fault),
            OrchestrationRuntimeStatus.Failed => fault ?? Failed(status, PredictionError.Fault),
            OrchestrationRuntimeStatus.Terminated => Failed(status, _terminated),
            _ when status.Status == PredictionState.Queued => status with { Ahead = (await _books.GetAsync("", ReadAsync, default))!.Ahead(id) },
            _ => status,
        };
    }

    private async Task<TurnBook?> ReadAsync() => await desk.ReadAsync(TurnKind.Study);

    private static PredictionStatus Failed(PredictionStatus status, PredictionError error) =>
        status with { Status = PredictionState.Failed, Error = error };
}
