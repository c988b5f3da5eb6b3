using Microsoft.DurableTask.Client;
using Radiomics.Pages.Console.Retrainings;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Retraining;

/// <summary>Lists a center's retrainings: those whose histories are there, and those of which the record alone is left. Many who look at once cost what one does.</summary>
public sealed class RetrainingListing(RetrainingStore retrainings, TimeProvider clock)
{
    /// <summary>Retrainings that are listed at most.</summary>
    public const int Most = 50;

    private readonly BriefAnswers<IReadOnlyList<RetrainingRow>> _answers = new(clock, _ => true);

    /// <summary>The retrainings, the newest first.</summary>
    public async Task<IReadOnlyList<RetrainingRow>> ReadAsync(DurableTaskClient client, string center, CancellationToken cancellation) =>
        await _answers.GetAsync(center, () => FindAsync(client, center)!, cancellation) ?? [];

    private async Task<IReadOnlyList<RetrainingRow>> FindAsync(DurableTaskClient client, string center)
    {
        var records = await retrainings.ListAsync(center);
        Dictionary<string, (OrchestrationMetadata Instance, RetrainingRequest Request)> instances = new(StringComparer.Ordinal);
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = RetrainingId.Prefix, FetchInputsAndOutputs = true }))
        {
            if (RetrainingId.IsValid(instance.InstanceId) && instance.TryReadInput<RetrainingRequest>() is { } request && request.Center == center)
            {
                instances[instance.InstanceId] = (instance, request);
            }
        }

        var newest = records.Keys.Union(instances.Keys)
            .Select(id => (Id: id, Time: instances.TryGetValue(id, out var known) ? known.Instance.CreatedAt.UtcDateTime : records[id]))
            .OrderByDescending(one => one.Time).ThenBy(one => one.Id, StringComparer.Ordinal)
            .Take(Most)
            .ToList();
        var rows = new RetrainingRow[newest.Count];
        await Parallel.ForAsync(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellation) =>
        {
            var (id, time) = newest[i];
            var (instance, request) = instances.GetValueOrDefault(id);
            var final = records.ContainsKey(id) ? await retrainings.TryGetAsync(center, id, cancellation) : null;
            var status = instance is null ? final : RetrainingQuery.Describe(instance, center, id, final);
            rows[i] = new RetrainingRow
            {
                Id = id,
                State = status?.Status ?? RetrainingState.Failed,
                Time = time,
                Cohort = Path.GetFileNameWithoutExtension(request?.Cohort ?? status?.Record?.Cohort.Blob),
                Actor = request?.Actor,
                Progress = status?.Progress,
                Outcome = OutcomeOf(status),
            };
        });
        return rows;
    }

    private static string? OutcomeOf(RetrainingStatus? status) => status switch
    {
        { Error: { } error } => error.Detail,
        { Record: { } record } => string.Join("; ", record.Groups.Select(group => $"{group.FieldStrength}: {(group.Error is not null ? "no model" : group.Promotion is { Promoted: true } ? "promoted" : "not promoted")}")),
        _ => null,
    };
}
