using Azure.Storage.Blobs.Specialized;
using Functions.Tests.Replay;
using Radiomics.Pipeline;

namespace Functions.Tests;

/// <summary>Faults of the service itself: storage refuses what it asks, and is put right afterwards.</summary>
[Collection(nameof(AppCollection))]
public sealed class FaultTests(App app)
{
    [Fact]
    public async Task A_step_that_keeps_failing_ends_as_an_internal_fault_and_the_same_upload_starts_over()
    {
        var zip = await PhantomStudy.ZipAsync("3.0T", seed: 31);
        var before = (await app.EndAsync("A", (await app.PostZipAsync("A", zip)).Id)).Prediction!;
        var again = PhantomStudy.Commented(zip, "fault");
        var id = PredictionId.OfUpload(UploadId.OfZip("A", "", Digest.Of(new BinaryData(again))));
        var report = app.Store.Blob(Containers.Predictions, $"A/by-id/{id}.html");
        await report.UploadAsync(new BinaryData("somebody's"));
        var lease = report.GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);

        Assert.Equal(id, (await app.PostZipAsync("A", again)).Id);
        var failed = await app.EndAsync("A", id);
        Assert.Equal((PredictionState.Failed, PredictionError.InternalFault), (failed.Status, failed.Error!.Code));
        Assert.Null(failed.Prediction);
        Assert.Equal(["prediction-failed"], await EndsAsync(id));
        Assert.False(await app.Store.Blob(Containers.Quarantine, $"A/{before.UploadId}/reason.json").ExistsAsync());
        var history = (await app.Hub.HistoryAsync(id)).KeepAs("PredictStudy.fault");
        Assert.Equal([2, 4, 8], history.Waits.Select(wait => wait.TotalSeconds).Where(seconds => seconds > 0));
        HistoryReplay.EveryTurn(history);

        await lease.ReleaseAsync();
        Assert.Equal(id, (await app.PostZipAsync("A", again)).Id);
        await app.Hub.EndAsync(id);
        var mended = await app.EndAsync("A", id);
        Assert.Equal((PredictionState.Succeeded, before.Probability), (mended.Status, mended.Prediction!.Probability));
        Assert.Equal(["prediction-failed", "prediction-published"], await EndsAsync(id));
        Assert.True((await app.Audit.VerifyAsync("A")).Intact);
    }

    /// <summary>Actions of a prediction's audit events that end a run or set an upload aside, in order.</summary>
    private async Task<IEnumerable<string>> EndsAsync(string id) =>
        (await app.ActionsAsync("A", "prediction", id)).Where(action => action is "prediction-failed" or "prediction-published" or "upload-quarantined");
}
