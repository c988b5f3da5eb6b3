using Azure;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pages.Console.Studies;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Console.Studies;

/// <summary>Everything about one study, as far as it is there: parts that were deleted are left out, and those that were altered are said to be.</summary>
public sealed class StudyFinder(
    CenterProfiles profiles, PredictionQuery query, ServedRecords records, StudyStore studies, FeatureStore features, UploadStore uploads, PredictionTrail trail, StudyImages images, TimeProvider clock, ILogger<StudyFinder> logger)
{
    /// <summary>How far a study is, and nothing else.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>PredictionNotFound</c>.</exception>
    public async Task<StudyView> FollowAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation)
    {
        profiles.Get(center);
        var status = await query.TryGetAsync(client, center, id, cancellation)
            ?? throw new RadiomicsException("PredictionNotFound", "This center has no prediction of this id. One that was just uploaded appears once the upload has been noticed.");
        return new StudyView { Status = status, Now = clock.GetUtcNow() };
    }

    /// <summary>All of it.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>PredictionNotFound</c>.</exception>
    /// <exception cref="AlteredException">Its record isn't the one that was published.</exception>
    public async Task<StudyView> FindAsync(DurableTaskClient client, string center, string id, CancellationToken cancellation)
    {
        var view = await FollowAsync(client, center, id, cancellation);
        var written = (await records.TryGetWithTimeAsync(center, id, cancellation))?.Written;
        var events = trail.FindAsync(center, id, written ?? view.Now, cancellation);
        List<PredictionError> faults = [];
        if (view.Status.Prediction is { } prediction)
        {
            view = view with
            {
                Manifest = await PartAsync(() => studies.GetManifestAsync(prediction.Manifest), faults),
                Images = await images.ListAsync(prediction, cancellation),
                Features = await FeaturesAsync(prediction, faults),
            };
        }

        var upload = view.Status.Prediction?.UploadId ?? view.Status.UploadId;
        return view with
        {
            Written = written,
            SupersededBy = upload is null ? null : await uploads.SuccessorOfAsync(upload, cancellation) ?? Later(await events, id),
            Events = await events,
            Faults = faults,
        };
    }

    /// <summary>The features of a prediction's sequences, as far as they are there.</summary>
    public async Task<IReadOnlyList<StoredFeatures>> FeaturesAsync(Prediction prediction, List<PredictionError> faults)
    {
        List<StoredFeatures> found = [];
        foreach (var reference in prediction.Sequences.Select(sequence => sequence.Features).OfType<BlobReference>())
        {
            if (await PartAsync(() => features.GetAsync(reference), faults) is { } stored)
            {
                found.Add(stored);
            }
        }

        return found;
    }

    // A study that comes from a DICOM service has no name: what took its place says so in the trail.
    private static string? Later(PredictionEvents events, string id) =>
        events.Events.FirstOrDefault(e => e.Action == "upload-received" && e.Subjects.GetValueOrDefault("supersedes") == id)?.Subjects.GetValueOrDefault("prediction");

    private async Task<T?> PartAsync<T>(Func<Task<T>> read, List<PredictionError> faults)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (AlteredException e)
        {
            logger.Altered(e.Detail);
            faults.Add(new PredictionError(e.Code, e.Detail));
            return null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
