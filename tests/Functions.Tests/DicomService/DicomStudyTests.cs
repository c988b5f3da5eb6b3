using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using FellowOakDicom;
using Functions.Tests.Replay;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;

namespace Functions.Tests.DicomService;

/// <summary>Studies that come into a DICOM service, and what becomes of their events.</summary>
[Collection(nameof(AppCollection))]
public sealed class DicomStudyTests(App app)
{
    private const string ComprehensiveSr3D = "1.2.840.10008.5.1.4.1.1.88.34";
    private const int Events = 10_000;

    [Fact]
    public async Task Ten_thousand_events_make_one_prediction_with_a_short_history_and_its_report_returns()
    {
        var study = await StudyAsync(seed: 141);
        app.Dicom.Put(study.Uid, study.Instances);

        // Doubled, out of order, in both schemas, alone and in batches.
        var numbers = Enumerable.Range(0, Events).Select(i => i % (Events * 4 / 5)).ToArray();
        new Random(141).Shuffle(numbers);
        await Parallel.ForEachAsync(numbers.Take(200), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            await SendAsync(number % 2 == 0 ? DicomEventJson.Cloud(app.Dicom.Host, study.Uid, number) : new JsonArray(DicomEventJson.EventGrid(app.Dicom.Host, study.Uid, number))));
        await Parallel.ForEachAsync(numbers.Skip(200).Chunk(350), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (batch, _) =>
            await SendAsync(new JsonArray([.. batch.Select(number => DicomEventJson.Cloud(app.Dicom.Host, study.Uid, number))])));

        var history = (await app.Hub.HistoryAsync(ArrivalId.Of(study.Key, 1))).KeepAs("AwaitStudy.predicted");
        Assert.InRange(history.Count, 1, 199);
        HistoryReplay.EveryTurn(history);
        var id = (await OutcomeAsync(study, 1)).Prediction!;
        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", id)).Status);
        HistoryReplay.EveryTurn((await app.Hub.HistoryAsync(id)).KeepAs("PredictStudy.returned"));

        Assert.Single(await app.ActionsAsync("A", "prediction", id), "report-returned");
        await app.LogAsync(1, $"Prediction {id}: its report is in the DICOM service (was there before: False).");

        // The report's own event, and one that was late, open a generation of the same study: it is the same upload.
        await SendAsync(DicomEventJson.Cloud(app.Dicom.Host, study.Uid, 3));
        Assert.Equal(id, (await OutcomeAsync(study, 2)).Prediction);
        Assert.Equal([$"A/by-study/{study.Key.StudyUid}/{id}"], await PredictionsAsync(study));

        var report = Assert.Single(app.Dicom.Find(study.Uid, ComprehensiveSr3D));
        Assert.Equal((study.Uid, study.PatientId), (report.GetString(DicomTag.StudyInstanceUID), report.GetString(DicomTag.PatientID)));
        var made = (await app.Store.Blob(Containers.Predictions, $"A/by-id/{id}.json").GetPropertiesAsync()).Value.LastModified.LocalDateTime;
        Assert.Equal($"{made:yyyyMMdd HHmmss}", $"{report.GetString(DicomTag.ContentDate)} {report.GetString(DicomTag.ContentTime)}");
        Assert.True((await app.Audit.VerifyAsync("A")).Intact);
    }

    [Fact]
    public async Task A_late_instance_makes_a_new_version_of_the_whole_study()
    {
        var study = await StudyAsync(seed: 142);
        app.Dicom.Put(study.Uid, study.Instances.SkipLast(1));
        await SendAsync(DicomEventJson.Cloud(app.Dicom.Host, study.Uid, 1));
        var first = (await OutcomeAsync(study, 1)).Prediction!;
        await app.EndAsync("A", first);

        app.Dicom.Put(study.Uid, study.Instances.TakeLast(1));
        await SendAsync(DicomEventJson.Cloud(app.Dicom.Host, study.Uid, 2));
        var second = (await OutcomeAsync(study, 2)).Prediction!;

        Assert.NotEqual(first, second);
        await app.EndAsync("A", second);
        var request = (await app.Durable.GetInstanceAsync(second, getInputsAndOutputs: true))!.ReadInputAs<PredictionRequest>()!;
        var upload = await app.Store.TryReadJsonAsync<UploadRecord>(Containers.Uploads, $"{request.UploadId}.json");
        Assert.Equal(first, upload!.Supersedes);
        await using var zip = new ZipArchive((await app.Store.Blob(upload.Container, upload.Blob).DownloadContentAsync()).Value.Content.ToStream());
        Assert.Equal(study.Instances.Count, zip.Entries.Count);
    }

    [Fact]
    public async Task A_study_that_cannot_be_used_is_quarantined_and_no_report_returns()
    {
        var study = await StudyAsync(seed: 143);
        app.Dicom.Put(study.Uid, study.Instances.Where(instance => DicomFile.Open(new MemoryStream(instance)).Dataset.GetString(DicomTag.Modality) == "MR"));
        await SendAsync(DicomEventJson.Cloud(app.Dicom.Host, study.Uid, 1));

        var id = (await OutcomeAsync(study, 1)).Prediction!;
        Assert.Equal("StudyHasNoRoi", (await app.EndAsync("A", id)).Error!.Code);

        await app.Hub.EndAsync(id);
        Assert.Empty(app.Dicom.Find(study.Uid, ComprehensiveSr3D));
        var request = (await app.Durable.GetInstanceAsync(id, getInputsAndOutputs: true))!.ReadInputAs<PredictionRequest>()!;
        Assert.True(await app.Store.Blob(Containers.Quarantine, $"A/{request.UploadId}/reason.json").ExistsAsync());
    }

    [Fact]
    public async Task A_report_that_the_service_refuses_leaves_the_prediction_as_it_is_and_is_in_the_trail()
    {
        var study = await StudyAsync(seed: 144);
        app.Dicom.Put(study.Uid, study.Instances);
        app.Dicom.Close(study.Uid);
        await SendAsync(DicomEventJson.Cloud(app.Dicom.Host, study.Uid, 1));

        var id = (await OutcomeAsync(study, 1)).Prediction!;

        Assert.Equal(DurableTask.Core.OrchestrationStatus.Completed, (await app.Hub.EndAsync(id)).OrchestrationStatus);
        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", id)).Status);
        Assert.Equal(["report-refused"], (await app.ActionsAsync("A", "prediction", id)).Where(action => action.StartsWith("report-", StringComparison.Ordinal)));
        Assert.Contains("ReportNotStored", Assert.Single(await app.LogAsync(1, $"Prediction {id}: its report was not returned")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_is_gone_from_the_service_ends_the_wait_with_a_code_and_no_uid_leaves()
    {
        var uid = $"1.2.826.0.1.{Random.Shared.NextInt64()}";
        var key = app.Dicom.KeyOf(uid);
        await SendAsync(DicomEventJson.Cloud(app.Dicom.Host, uid, 1));

        var id = ArrivalId.Of(key, 1);
        var history = (await app.Hub.HistoryAsync(id)).KeepAs("AwaitStudy.gone");
        HistoryReplay.EveryTurn(history);

        var outcome = (await app.Durable.GetInstanceAsync(id, getInputsAndOutputs: true))!;
        Assert.Equal("StudyNotFound", outcome.ReadOutputAs<AwaitOutcome>()!.Error!.Code);
        Assert.Equal(1, app.Dicom.Retrieved(uid));
        Assert.Equal(["study-not-fetched"], await app.ActionsAsync("A", "wait", id));
        var told = $"{outcome.SerializedInput}{outcome.SerializedOutput}{string.Join('\n', await app.LogAsync(1, $"Wait {id} ended"))}";
        Assert.DoesNotContain(uid, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_has_failed_is_started_anew_by_the_next_event()
    {
        var uid = $"1.2.826.0.1.{Random.Shared.NextInt64()}";
        var key = app.Dicom.KeyOf(uid);
        var id = ArrivalId.Of(key, 1);
        await SendAsync(DicomEventJson.Cloud(app.Dicom.Host, uid, 1));
        await app.Store.Blob(Containers.Arrivals, $"{key.Center}/{key.Service}/{key.StudyUid}.json").DeleteAsync();
        Assert.Equal(DurableTask.Core.OrchestrationStatus.Failed, (await app.Hub.EndAsync(id)).OrchestrationStatus);

        await SendAsync(DicomEventJson.Cloud(app.Dicom.Host, uid, 2));

        Assert.Equal(DurableTask.Core.OrchestrationStatus.Completed, (await app.Hub.EndAsync(id)).OrchestrationStatus);
        Assert.Equal(1, app.Dicom.Retrieved(uid));
    }

    private async Task SendAsync(JsonNode events)
    {
        var response = await app.Http.PostAsync("/api/dicom-events", new StringContent(events.ToJsonString(), Encoding.UTF8, "application/json"));
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<AwaitOutcome> OutcomeAsync(SentStudy study, int generation)
    {
        var id = ArrivalId.Of(study.Key, generation);
        await app.Hub.EndAsync(id);
        return (await app.Durable.GetInstanceAsync(id, getInputsAndOutputs: true))!.ReadOutputAs<AwaitOutcome>()!;
    }

    private async Task<List<string>> PredictionsAsync(SentStudy study)
    {
        List<string> names = [];
        await foreach (var blob in app.Store.Container(Containers.Predictions).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"A/by-study/{study.Key.StudyUid}/", default))
            names.Add(blob.Name);
        return names;
    }

    private async Task<SentStudy> StudyAsync(int seed)
    {
        await using var zip = new ZipArchive(new MemoryStream(await PhantomStudy.ZipAsync("3.0T", seed)));
        List<byte[]> instances = [];
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using var source = await entry.OpenAsync();
            await source.CopyToAsync(bytes);
            instances.Add(bytes.ToArray());
        }

        var dataset = DicomFile.Open(new MemoryStream(instances[0])).Dataset;
        var uid = dataset.GetString(DicomTag.StudyInstanceUID);
        return new SentStudy(uid, dataset.GetString(DicomTag.PatientID), app.Dicom.KeyOf(uid), instances);
    }

    private sealed record SentStudy(string Uid, string PatientId, ArrivalKey Key, IReadOnlyList<byte[]> Instances);
}
