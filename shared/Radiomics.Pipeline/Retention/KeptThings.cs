using System.Runtime.CompilerServices;

namespace Radiomics.Pipeline;

/// <summary>What isn't deleted though it is old: what a hold names, what is being worked on, and the studies that retrainings have used.</summary>
internal sealed class KeptThings
{
    private readonly HashSet<(string Area, string Id)> _held = [];
    private readonly HashSet<(string Center, string Study)> _learned = [];
    private readonly UnderWay _underWay;

    private KeptThings(UnderWay underWay) => _underWay = underWay;

    public static async Task<KeptThings> FindAsync(BlobStore store, Holds holds, IEnumerable<string> areas, UnderWay underWay, CancellationToken cancellation)
    {
        var kept = new KeptThings(underWay);
        foreach (var area in areas)
        {
            foreach (var hold in await holds.ListAsync(area, cancellation))
            {
                kept._held.Add((area, hold.Thing.Id));
                await foreach (var id in RelatedAsync(store, area, hold.Thing, cancellation))
                {
                    kept._held.Add((area, id));
                }
            }
        }

        await kept.LearnAsync(store, cancellation);
        return kept;
    }

    /// <summary>Whether an upload, a prediction or a study is held, or being worked on.</summary>
    public bool Holds(string area, string id) => _held.Contains((area, id)) || _underWay.Uploads.Contains(id) || _underWay.Predictions.Contains(id);

    /// <summary>The same for what was made of a study, which a step may be about to read, or a model may be asked about.</summary>
    public bool HoldsStudy(string area, string study) =>
        _held.Contains((area, study)) || _learned.Contains((area, study)) || _underWay.Centers.Contains(area);

    // A held study keeps its predictions and what they were made of, and the other way round.
    private static async IAsyncEnumerable<string> RelatedAsync(BlobStore store, string area, HeldThing thing, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<string> predictions = thing.Kind switch
        {
            "prediction" => [thing.Id],
            "upload" => [PredictionId.OfUpload(thing.Id)],
            _ => [],
        };
        if (thing.Kind == "study")
        {
            await foreach (var blob in store.ListAsync(Containers.Predictions, $"{area}/by-study/{thing.Id}/", cancellation))
            {
                predictions.Add(blob.Name[(blob.Name.LastIndexOf('/') + 1)..]);
            }
        }

        foreach (var prediction in predictions)
        {
            yield return prediction;
            if ((await store.TryReadJsonAsync<PredictionStatus>(Containers.Predictions, $"{area}/by-id/{prediction}.json", cancellation))?.Prediction is { } record)
            {
                yield return record.UploadId;
                yield return record.StudyUid;
            }
        }
    }

    // The plans that the events `retraining-planned` name: without these studies nobody could train the model again, or look into it.
    private async Task LearnAsync(BlobStore store, CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(Containers.Models, "", cancellation))
        {
            if (RetrainingBlobs.IsPlan(blob.Name) && await store.TryReadJsonAsync<PlanDocument>(Containers.Models, blob.Name, cancellation) is { } plan)
            {
                _learned.UnionWith(plan.Groups.SelectMany(group => group.Cases.Select(planned => (group.Center, planned.Case.StudyUid))));
            }
        }
    }
}
