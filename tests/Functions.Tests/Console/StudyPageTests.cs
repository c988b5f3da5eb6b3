using System.Net;
using System.Text;
using System.Text.Json;
using Radiomics.Pipeline;

namespace Functions.Tests.Console;

/// <summary><c>GET /centers/{center}/studies/{id}</c> and its files, of a study that was predicted.</summary>
[Collection(nameof(AppCollection))]
public sealed class StudyPageTests(App app) : IDisposable
{
    private readonly ConsoleClient _console = new(app);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task The_page_shows_answer_evidence_sequences_features_provenance_and_trail()
    {
        var prediction = await PredictAsync(61);
        var page = await _console.PageAsync(At(prediction.Id));

        Assert.Contains("Of 100 ", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/centers/A/models/{prediction.Model!.FieldStrength}/{prediction.Model.Version}\"", page, StringComparison.Ordinal);
        Assert.Contains(prediction.Notice, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{At(prediction.Id)}/report\"", page, StringComparison.Ordinal);
        Assert.All(prediction.Explanation!.Contributions, one => Assert.Contains($"<code>{one.Feature}</code>", page, StringComparison.Ordinal));
        Assert.All(prediction.Sequences, sequence => Assert.Contains(sequence.Features!.Sha256, page, StringComparison.Ordinal));
        Assert.Contains("<code>morph_volume</code>", page, StringComparison.Ordinal);
        Assert.All(new[] { "Upload received", "Study ingested", "Study predicted", "Prediction published" }, action => Assert.Contains(action, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Events that lie further back", page, StringComparison.Ordinal);
        Assert.Contains("id=\"images\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("PHANTOM", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record.json", "application/json")]
    [InlineData("report.dcm", "application/dicom")]
    [InlineData("report.fhir.json", "application/fhir+json")]
    [InlineData("features.json", "application/json")]
    [InlineData("features.csv", "text/csv")]
    public async Task Each_file_is_what_it_says_and_names_nobody(string file, string mediaType)
    {
        var prediction = await PredictAsync(61);
        using var response = await _console.GetAsync($"{At(prediction.Id)}/files/{file}");
        var content = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", $"{prediction.Id}.{file}"), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileName!.Trim('"')));
        Assert.DoesNotContain("PHANTOM", Encoding.UTF8.GetString(content), StringComparison.Ordinal);
        Assert.NotEmpty(content);
    }

    [Fact]
    public async Task The_features_files_hold_the_values_that_are_stored()
    {
        var prediction = await PredictAsync(61);
        var csv = (await (await _console.GetAsync($"{At(prediction.Id)}/files/features.csv")).Content.ReadAsStringAsync(Cancellation)).Split('\n');
        using var json = JsonDocument.Parse(await (await _console.GetAsync($"{At(prediction.Id)}/files/features.json")).Content.ReadAsStringAsync(Cancellation));
        var sequence = prediction.Sequences[0];
        var stored = BlobStore.Parse<StoredFeatures>((await app.Store.Blob(Containers.Features, sequence.Features!.Blob).DownloadContentAsync(Cancellation)).Value.Content);

        var value = stored.Vector.Features["stat_mean"]!.Value;
        Assert.Equal("sequence,feature,value,undefined", csv[0]);
        Assert.Contains(FormattableString.Invariant($"{sequence.Name},stat_mean,{value:R},"), csv);
        Assert.Equal(value, json.RootElement.GetProperty(sequence.Name).GetProperty("vector").GetProperty("features").GetProperty("stat_mean").GetDouble());
        Assert.Equal(prediction.Sequences.Count, json.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public async Task A_study_under_way_is_followed_until_it_is_settled()
    {
        var id = (await app.PostZipAsync("A", await PhantomStudy.ZipAsync("3.0T", seed: 62))).Id;
        for (var attempt = 0; ; attempt++)
        {
            using var part = await _console.GetAsync($"{At(id)}?part=progress");
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
            if (part.Headers.Contains("X-Live"))
            {
                Assert.Equal(["done"], part.Headers.GetValues("X-Live"));
                break;
            }

            Assert.InRange(attempt, 0, 3000);
            await Task.Delay(100, Cancellation);
        }

        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", id)).Status);
    }

    [Fact]
    public async Task A_failed_study_says_why_and_what_to_do_and_has_no_files()
    {
        var failed = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"));
        var status = await app.EndAsync("A", failed.Id);

        var page = await _console.PageAsync(At(failed.Id));

        Assert.Contains(status.Error!.Detail, page, StringComparison.Ordinal);
        Assert.Contains(ErrorCatalogue.TryGet("NotAZip")!.Advice, page, StringComparison.Ordinal);
        Assert.Contains("Upload quarantined", page, StringComparison.Ordinal);
        Assert.Contains("NoReport", await _console.PageAsync($"{At(failed.Id)}/files/record.json", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_again_under_a_name_leads_to_what_counts_and_back()
    {
        var name = ConsoleClient.NewName();
        var (first, second) = (Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"), await PhantomStudy.ZipAsync("3.0T", seed: 63));
        var earlier = await SendAsync(name, first);
        await app.EndAsync("A", earlier[^34..]);
        var later = await SendAsync(name, second);
        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", later[^34..])).Status);

        Assert.Contains($"href=\"{later}\"", await _console.PageAsync(earlier), StringComparison.Ordinal);
        Assert.Contains($"href=\"{earlier}\"", await _console.PageAsync(later), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_that_are_gone_are_left_out_and_one_that_was_altered_is_said_to_be()
    {
        var prediction = await PredictAsync(64);
        var features = app.Store.Blob(Containers.Features, prediction.Sequences[0].Features!.Blob);
        var original = (await features.DownloadContentAsync(Cancellation)).Value;
        await features.UploadAsync(new BinaryData("{}"), overwrite: true, Cancellation);
        var altered = await _console.PageAsync(At(prediction.Id));
        using var file = await _console.GetAsync($"{At(prediction.Id)}/files/features.csv");
        foreach (var sequence in prediction.Sequences)
            await app.Store.Blob(Containers.Features, sequence.Features!.Blob).DeleteIfExistsAsync(cancellationToken: Cancellation);
        var gone = await _console.PageAsync(At(prediction.Id));

        Assert.Contains(AlteredException.PartCode, altered, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, file.StatusCode);
        Assert.DoesNotContain(AlteredException.PartCode, gone, StringComparison.Ordinal);
        Assert.DoesNotContain("features.csv", gone, StringComparison.Ordinal);
        Assert.Contains("Of 100 ", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_page_of_what_is_not_there_or_another_centers()
    {
        var prediction = await PredictAsync(61);
        await _console.PageAsync($"/centers/B/studies/{prediction.Id}", HttpStatusCode.NotFound);
        await _console.PageAsync(At(PredictionId.OfUpload("none")), HttpStatusCode.NotFound);
        await _console.PageAsync(At("something"), HttpStatusCode.NotFound);
        Assert.Contains("StudyFileUnknown", await _console.PageAsync($"{At(prediction.Id)}/files/other.json", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    private static string At(string id) => $"/centers/A/studies/{id}";

    private async Task<string> SendAsync(string name, byte[] zip)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _console.PutAsync("A", name, 0, zip)).Status);
        var (status, location) = await _console.CloseAsync("A", name, zip);
        Assert.Equal(HttpStatusCode.OK, status);
        return location;
    }

    private async Task<Prediction> PredictAsync(int seed) =>
        (await app.EndAsync("A", (await app.PostZipAsync("A", await PhantomStudy.ZipAsync("3.0T", seed))).Id)).Prediction!;
}
