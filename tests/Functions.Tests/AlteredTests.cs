using System.Net;
using System.Text.Json;
using Radiomics.Pipeline;

namespace Functions.Tests;

/// <summary>Somebody who may write blobs changes what the service has stored.</summary>
[Collection(nameof(AppCollection))]
public sealed class AlteredTests(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edited_record_is_no_answer_but_a_fault_with_an_alarm_until_it_is_restored()
    {
        var zip = await PhantomStudy.ZipAsync("3.0T", seed: 41);
        var id = (await app.PostZipAsync("A", zip)).Id;
        var told = (await app.EndAsync("A", id)).Prediction!;
        var record = app.Store.Blob(Containers.Predictions, $"A/by-id/{id}.json");
        var original = (await record.DownloadContentAsync(Cancellation)).Value.Content;
        await record.UploadAsync(new BinaryData(original.ToString().Replace("\"probability\":0.", "\"probability\":0.0", StringComparison.Ordinal)), overwrite: true, Cancellation);

        await IsAlteredAsync(await app.Http.GetAsync($"/api/centers/A/predictions/{id}", Cancellation), told);
        await IsAlteredAsync(await app.PostAsync("A", App.Zip(zip)), told);
        Assert.All(await app.LogAsync(2, $"by-id/{id}.json"), line => Assert.Contains("ALTERED", line, StringComparison.Ordinal));

        await record.UploadAsync(original, overwrite: true, Cancellation);
        Assert.Equal(told.Probability, (await app.EndAsync("A", id)).Prediction!.Probability);
    }

    [Fact]
    public async Task No_prediction_is_made_of_an_altered_part_and_the_upload_starts_over_once_it_is_restored()
    {
        var zip = await PhantomStudy.ZipAsync("3.0T", seed: 42);
        var before = (await app.EndAsync("A", (await app.PostZipAsync("A", zip)).Id)).Prediction!;
        var volume = app.Store.Blob(Containers.Studies, before.Sequences.Single(s => s.Name == before.Model!.Sequence).Volume.Blob);
        var intact = (await volume.DownloadContentAsync(Cancellation)).Value.Content;
        var other = app.Store.Blob(Containers.Studies, before.Sequences.First(s => s.Name != before.Model!.Sequence).Volume.Blob);
        await volume.UploadAsync((await other.DownloadContentAsync(Cancellation)).Value.Content, overwrite: true, Cancellation);
        foreach (var sequence in before.Sequences)
            await app.Store.Blob(Containers.Features, sequence.Features!.Blob).DeleteAsync(cancellationToken: Cancellation);

        var again = PhantomStudy.Commented(zip, "again");
        var id = (await app.PostZipAsync("A", again)).Id;
        Assert.NotEqual(before.Id, id);
        var failed = await app.EndAsync("A", id);
        Assert.Equal((PredictionState.Failed, "StoredPartAltered"), (failed.Status, failed.Error!.Code));
        Assert.Single(await app.LogAsync(1, $"ALTERED: The stored part {Containers.Studies}/{volume.Name} "));

        await volume.UploadAsync(intact, overwrite: true, Cancellation);
        Assert.Equal(id, (await app.PostZipAsync("A", again)).Id);
        await app.Hub.EndAsync(id);
        Assert.Equal(before.Probability, (await app.EndAsync("A", id)).Prediction!.Probability);
    }

    private static async Task IsAlteredAsync(HttpResponseMessage response, Prediction told)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("RecordAltered", JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain(told.StudyUid, text, StringComparison.Ordinal);
    }
}
