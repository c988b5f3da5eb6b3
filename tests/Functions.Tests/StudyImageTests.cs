using System.Net;
using System.Text.Json;
using Radiomics;
using Radiomics.Pipeline;

namespace Functions.Tests;

/// <summary>What the viewer of the console asks for.</summary>
[Collection(nameof(AppCollection))]
public sealed class StudyImageTests(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_images_of_a_prediction_are_told_byte_by_byte_under_their_digest_and_not_again_to_who_has_them()
    {
        var prediction = await PredictAsync(seed: 61);
        foreach (var stored in prediction.Sequences.SelectMany(sequence => new[] { sequence.Volume, sequence.Roi }))
        {
            using var first = await GetAsync(prediction.Id, FileOf(stored));
            var content = await first.Content.ReadAsByteArrayAsync(Cancellation);

            Assert.Equal((HttpStatusCode.OK, "application/gzip"), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
            Assert.Empty(first.Content.Headers.ContentEncoding);
            Assert.Equal(stored.Sha256, Digest.Of(new BinaryData(content)));
            Assert.Equal($"\"{stored.Sha256}\"", first.Headers.ETag?.Tag);
            Assert.Equal((true, true), (first.Headers.CacheControl?.Private, first.Headers.CacheControl?.NoCache));

            using var second = await GetAsync(prediction.Id, FileOf(stored), first.Headers.ETag!.Tag);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
    }

    [Fact]
    public async Task A_map_that_lies_beside_a_volume_is_listed_and_told_and_nothing_else_of_the_folder_is()
    {
        var prediction = await PredictAsync(seed: 62);
        var images = new StudyImages(app.Store, new ServedRecords(app.Store, KnownAuditKeys.Unpinned));
        Assert.All(await images.ListAsync(prediction, Cancellation), set => Assert.Empty(set.Maps));

        var sequence = prediction.Sequences[0];
        var folder = sequence.Volume.Blob[..(sequence.Volume.Blob.LastIndexOf('/') + 1)];
        var map = (await app.Store.Blob(Containers.Studies, sequence.Volume.Blob).DownloadContentAsync(Cancellation)).Value.Content;
        foreach (var name in new[] { $"{sequence.Name}.lic.nii.gz", $"{sequence.Name}.lic.txt", "other.lic.nii.gz", $"{sequence.Name}.a.b.nii.gz" })
            await app.Store.WriteOnceAsync(Containers.Studies, folder + name, map);

        var listed = await images.ListAsync(prediction, Cancellation);
        Assert.Equal(prediction.Sequences.Select(one => one.Name), listed.Select(set => set.Sequence));
        Assert.Equal([new StudyMap("lic", $"{sequence.Name}.lic.nii.gz")], listed[0].Maps);
        Assert.All(listed.Skip(1), set => Assert.Empty(set.Maps));
        using var told = await GetAsync(prediction.Id, $"{sequence.Name}.lic.nii.gz");
        Assert.Equal(map.ToArray(), await told.Content.ReadAsByteArrayAsync(Cancellation));
        foreach (var name in new[] { "manifest.json", $"{sequence.Name}.lic.txt", "other.lic.nii.gz", $"{sequence.Name}.a.b.nii.gz", $"{sequence.Name}.log.nii.gz", "..%2Fmanifest.json" })
            await IsProblemAsync(await GetAsync(prediction.Id, name), HttpStatusCode.NotFound, "StudyImageNotFound");
    }

    [Fact]
    public async Task An_altered_volume_is_not_told_but_a_fault_until_it_is_restored_and_one_that_is_gone_is_not_found()
    {
        var prediction = await PredictAsync(seed: 63);
        var stored = prediction.Sequences[0].Volume;
        var blob = app.Store.Blob(Containers.Studies, stored.Blob);
        using var before = await GetAsync(prediction.Id, FileOf(stored));
        var content = (await blob.DownloadContentAsync(Cancellation)).Value.Content;

        await blob.UploadAsync((await app.Store.Blob(Containers.Studies, prediction.Sequences[0].Roi.Blob).DownloadContentAsync(Cancellation)).Value.Content, overwrite: true, Cancellation);
        await IsProblemAsync(await GetAsync(prediction.Id, FileOf(stored)), HttpStatusCode.InternalServerError, "StoredPartAltered");
        // Nor is somebody told who has the one that was stored.
        await IsProblemAsync(await GetAsync(prediction.Id, FileOf(stored), before.Headers.ETag!.Tag), HttpStatusCode.InternalServerError, "StoredPartAltered");
        Assert.NotEmpty(await app.LogAsync(2, $"ALTERED: The stored part {Containers.Studies}/{stored.Blob} "));

        await blob.UploadAsync(content, overwrite: true, Cancellation);
        using var after = await GetAsync(prediction.Id, FileOf(stored));
        Assert.Equal(content.ToArray(), await after.Content.ReadAsByteArrayAsync(Cancellation));

        await blob.DeleteAsync(cancellationToken: Cancellation);
        await IsProblemAsync(await GetAsync(prediction.Id, FileOf(stored)), HttpStatusCode.NotFound, "StudyImageNotFound");
        await IsProblemAsync(await GetAsync($"p-{new string('0', 32)}", FileOf(stored)), HttpStatusCode.NotFound, "PredictionNotFound");
    }

    private async Task<Prediction> PredictAsync(int seed) =>
        (await app.EndAsync("A", (await app.PostZipAsync("A", await PhantomStudy.ZipAsync("3.0T", seed))).Id)).Prediction!;

    private async Task<HttpResponseMessage> GetAsync(string id, string file, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/centers/A/studies/{id}/images/{file}");
        request.Headers.Accept.ParseAdd("application/json, application/gzip");
        if (known is not null)
            request.Headers.IfNoneMatch.ParseAdd(known);
        return await app.Http.SendAsync(request, Cancellation);
    }

    private static string FileOf(BlobReference reference) => reference.Blob[(reference.Blob.LastIndexOf('/') + 1)..];

    private static async Task IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.True(response.StatusCode == status, $"{response.RequestMessage!.RequestUri}: {response.StatusCode} {text}");
            Assert.Equal(code, JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
        }
    }
}
