using System.Text;
using Radiomics;
using Radiomics.Pipeline;

namespace Functions.Tests;

[Collection(nameof(AppCollection))]
public sealed class PredictStudyTests(App app)
{
    [Fact]
    public async Task The_same_study_gets_each_centers_own_model()
    {
        var zip = await PhantomStudy.ZipAsync("3.0T", seed: 1);
        var a = await RunAsync("A", zip);
        var b = await RunAsync("B", zip);

        Assert.Equal(("A", "3.0T", "T1_F"), (a.Model!.Center, a.Model.FieldStrength, a.Model.Sequence));
        Assert.Equal(("B", "3.0T", "T1_W"), (b.Model!.Center, b.Model.FieldStrength, b.Model.Sequence));
        Assert.NotEqual(a.Model.Version, b.Model.Version);
        Assert.True(a.NotForClinicalUse && b.NotForClinicalUse);
        PredictionTruth.Check(a);
        PredictionTruth.Check(b);
    }

    [Fact]
    public async Task A_repeated_run_gives_the_same_bytes()
    {
        var zip = await PhantomStudy.ZipAsync("1.5T", seed: 2);
        var id = (await app.PostZipAsync("A", zip)).Id;
        await app.EndAsync("A", id);
        var record = app.Store.Blob(Containers.Predictions, $"A/by-id/{id}.json");
        var first = (await record.DownloadContentAsync()).Value.Content.ToArray();
        await app.Hub.EndAsync(id);
        await app.Hub.PurgeAsync(id);
        await record.DeleteAsync();

        await app.PostZipAsync("A", zip);
        await app.EndAsync("A", id);
        Assert.Equal(first, (await record.DownloadContentAsync()).Value.Content.ToArray());
        Assert.True((await app.Audit.VerifyAsync("A")).Intact);
    }

    [Fact]
    public async Task A_center_without_models_gets_features_of_every_sequence_and_no_prediction()
    {
        var prediction = await RunAsync("research", await PhantomStudy.ZipAsync("3.0T", seed: 4));
        Assert.Null(prediction.Decision);
        Assert.All(prediction.Sequences, sequence => Assert.NotNull(sequence.Features));
        Assert.Contains("T1_F", prediction.Sequences.Select(sequence => sequence.Name));
    }

    [Fact]
    public async Task Unusable_input_fails_with_a_code_and_leaves_itself_the_reason_and_an_intact_trail()
    {
        var accepted = await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, quarantined"));
        var final = await app.EndAsync("A", accepted.Id);
        Assert.Equal("NotAZip", final.Error!.Code);

        var names = new List<string>();
        await foreach (var blob in app.Store.Container(Containers.Quarantine).GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, "A/", default))
        {
            if (blob.Name.EndsWith("reason.json", StringComparison.Ordinal)
                && (await app.Store.TryReadJsonAsync<QuarantineReason>(Containers.Quarantine, blob.Name))!.PredictionId == accepted.Id)
            {
                names.Add(blob.Name);
            }
        }

        var reason = (await app.Store.TryReadJsonAsync<QuarantineReason>(Containers.Quarantine, Assert.Single(names)))!;
        Assert.Equal("no zip, quarantined", (await app.Store.Blob(Containers.Requests, $"A/{reason.UploadId}.zip").DownloadContentAsync()).Value.Content.ToString());
        Assert.True((await app.Audit.VerifyAsync("A")).Intact);
    }

    [Fact]
    public async Task An_upload_for_an_unknown_center_fails_under_the_systems_name_and_only_its_sender_is_told()
    {
        var content = new BinaryData($"anything {Guid.NewGuid()}");
        var name = $"{Guid.NewGuid():N}.zip";
        await app.Store.Blob(Containers.Incoming, $"Nowhere/{name}").UploadAsync(content);
        var uploadId = UploadId.OfZip("Nowhere", name, Digest.Of(content));

        var id = PredictionId.OfUpload(uploadId);
        var final = await app.EndAsync("Nowhere", id);
        Assert.Equal(("UnknownCenter", "Nowhere"), (final.Error!.Code, final.Center));
        Assert.True(await app.Store.Blob(Containers.Predictions, $"_system/by-id/{id}.json").ExistsAsync());
        foreach (var other in new[] { "Elsewhere", "nowhere", "_system", "A" })
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Http.GetAsync($"/api/centers/{other}/predictions/{id}")).StatusCode);
        Assert.True(await app.Store.Blob(Containers.Quarantine, $"_system/{uploadId}/reason.json").ExistsAsync());
    }

    [Fact]
    public async Task An_answer_outlives_its_history()
    {
        var accepted = await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, purged"));
        await app.EndAsync("A", accepted.Id);
        await app.Hub.EndAsync(accepted.Id);
        await app.Hub.PurgeAsync(accepted.Id);

        Assert.Equal("NotAZip", (await app.EndAsync("A", accepted.Id)).Error!.Code);
        await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, purged"));
        Assert.Null(await app.Hub.FindAsync(accepted.Id));
    }

    [Fact]
    public async Task Of_many_uploads_of_the_same_bytes_at_once_one_starts_a_prediction()
    {
        var bytes = Encoding.UTF8.GetBytes("no zip, sent by many at once");

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.PostZipAsync("A", bytes)));

        var id = Assert.Single(all.Select(status => status.Id).Distinct());
        await app.Hub.EndAsync(id);
        await app.LogAsync(all.Length, $"Prediction {id} started", $"Prediction {id} exists already");
        await app.LogAsync(1, $"Prediction {id} failed");
    }

    private async Task<Prediction> RunAsync(string center, byte[] zip)
    {
        var final = await app.EndAsync(center, (await app.PostZipAsync(center, zip)).Id);
        Assert.Null(final.Error);
        Assert.All(final.Sequences.Values, state => Assert.Equal(SequenceState.Done, state));
        return final.Prediction!;
    }
}
