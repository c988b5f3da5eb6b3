using Microsoft.DurableTask.Client;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pages.Console.Retrainings;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Models;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Retraining;

/// <summary>Gathers what there is to see of one retraining. Many who look at once cost what one does.</summary>
public sealed class RetrainingViews(RetrainingQuery query, RetrainingStore retrainings, ModelShelf shelf, TimeProvider clock)
{
    private readonly BriefAnswers<RetrainingView> _answers = new(clock, view => !view.IsFinal);

    /// <summary>What there is to see of a retraining.</summary>
    /// <exception cref="RadiomicsException"><c>RetrainingNotFound</c>.</exception>
    public async Task<RetrainingView> ReadAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation) =>
        await _answers.GetAsync($"{center}/{id}", () => FindAsync(client, center, id), cancellation) ?? throw new RadiomicsException("RetrainingNotFound", "This center has no retraining of this id.");

    private async Task<RetrainingView?> FindAsync(DurableTaskClient client, string center, string id)
    {
        if (await query.TryGetAsync(client, center, id, default) is not { } status)
        {
            return null;
        }

        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true);
        var request = instance?.TryReadInput<RetrainingRequest>() is { } asked && asked.Center == center ? asked : null;
        var trainings = status.Record is null ? (await retrainings.TrainingsAsync(center, id)).ToLookup(one => one.FieldStrength, one => one.Training) : null;
        IEnumerable<string> fields =
            [.. status.Record?.Groups.Select(group => group.FieldStrength) ?? [], .. trainings?.Select(group => group.Key) ?? [], .. status.Progress?.Waiting.Select(waiting => waiting.FieldStrength) ?? []];
        List<RetrainingGroupView> groups = [];
        foreach (var field in fields.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            groups.Add(await FindAsync(center, id, field, status, trainings?[field] ?? []));
        }

        return new RetrainingView
        {
            Status = status,
            Request = request,
            Began = request is null ? null : instance!.CreatedAt.UtcDateTime,
            Groups = groups,
            Report = await retrainings.ReportAsync(center, id),
        };
    }

    private async Task<RetrainingGroupView> FindAsync(string center, string id, string field, RetrainingStatus status, IEnumerable<SequenceTraining> trainings)
    {
        var result = status.Record?.Groups.FirstOrDefault(group => group.FieldStrength == field);
        var model = result is null ? await retrainings.SelectedAsync(center, id, field) : result.Model;
        ModelCard? card = null;
        try
        {
            card = model is null ? null : await shelf.OpenCardAsync(center, field, model.Version);
        }
        catch (RadiomicsException e) when (e is AlteredException || e.Code == "ModelNotFound")
        {
            // Whoever asks for the card is told.
        }

        return new RetrainingGroupView
        {
            FieldStrength = field,
            Candidates = card?.Candidates ?? [.. trainings.SelectMany(CandidatesOf)],
            Model = model,
            Card = card,
            Result = result,
            Waits = status.Progress?.Waiting.Any(waiting => waiting.FieldStrength == field) == true,
        };
    }

    private static IEnumerable<CandidateCard> CandidatesOf(SequenceTraining training) =>
    [
        .. training.Candidates.Select(result => new CandidateCard(result.Candidate, result.CvAuc, Deviation(result.FoldAucs), null, null, null)),
        .. training.Skipped.Select(skipped => new CandidateCard(skipped.Candidate, null, null, null, null, skipped.Reason)),
    ];

    private static double? Deviation(IReadOnlyList<double> aucs)
    {
        var mean = aucs.Average();
        return aucs.Count > 1 ? Math.Sqrt(aucs.Sum(auc => (auc - mean) * (auc - mean)) / (aucs.Count - 1)) : null;
    }
}
