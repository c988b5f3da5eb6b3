using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Triggers;

namespace Functions.Tests;

/// <summary>The routes below <c>…/quarantine</c>.</summary>
[Collection(nameof(AppCollection))]
public sealed class QuarantineTests(App app)
{
    [Fact]
    public async Task What_could_not_be_used_is_listed_and_shown()
    {
        var failed = await RefusedAsync();

        var list = (await app.Http.GetFromJsonAsync<QuarantineList>("/api/centers/A/quarantine", RadiomicsJson.Options))!;
        var shown = (await app.Http.GetFromJsonAsync<QuarantineEntry>($"/api/centers/A/quarantine/{failed.UploadId}", RadiomicsJson.Options))!;

        Assert.Equal(("NotAZip", failed.Id, QuarantineState.Open), (shown.Code, shown.PredictionId, shown.State));
        Assert.Equal(BlobStore.Json(shown).ToString(), BlobStore.Json(Assert.Single(list.Uploads, entry => entry.UploadId == failed.UploadId)).ToString());
        foreach (var (path, code) in new[]
        {
            ($"/api/centers/B/quarantine/{failed.UploadId}", "QuarantineNotFound"), ("/api/centers/A/quarantine/nonsense", "QuarantineNotFound"), ("/api/centers/Nowhere/quarantine", "UnknownCenter"),
            ($"/api/centers/_system/quarantine/{failed.UploadId}", "UnknownCenter"),
        })
        {
            using var response = await app.Http.GetAsync(path);
            await IsProblemAsync(response, HttpStatusCode.NotFound, code);
        }
    }

    [Fact]
    public async Task A_repaired_study_is_predicted_and_resolves_what_lies_in_quarantine()
    {
        var failed = await RefusedAsync();
        var zip = await PhantomStudy.ZipAsync("3.0T", seed: 991);

        using var response = await app.Http.PostAsync($"/api/centers/A/quarantine/{failed.UploadId}/resubmissions", App.Zip(zip));
        var resubmission = (await response.Content.ReadFromJsonAsync<Resubmission>(RadiomicsJson.Options))!;

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"{app.Http.BaseAddress}api/centers/A/predictions/{resubmission.PredictionId}", response.Headers.Location!.ToString());
        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", resubmission.PredictionId)).Status);
        // The record can be read a moment before the rest of its step is done.
        await app.Hub.EndAsync(resubmission.PredictionId);
        var shown = (await app.Http.GetFromJsonAsync<QuarantineEntry>($"/api/centers/A/quarantine/{failed.UploadId}", RadiomicsJson.Options))!;
        Assert.Equal((QuarantineState.Resolved, resubmission.PredictionId), (shown.State, shown.ResolvedBy));
        Assert.Equal(["upload-resubmitted", "quarantine-resolved"], (await app.ActionsAsync("A", "resubmittedUpload", resubmission.UploadId)).ToArray());
    }

    [Fact]
    public async Task What_was_kept_is_submitted_for_another_center_where_the_caller_may()
    {
        var failed = await RefusedAsync();

        using var response = await PostAsync(failed.UploadId!, """{"center": "B"}""");
        var resubmission = (await response.Content.ReadFromJsonAsync<Resubmission>(RadiomicsJson.Options))!;

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.EndsWith($"/api/centers/B/predictions/{resubmission.PredictionId}", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("NotAZip", (await app.EndAsync("B", resubmission.PredictionId)).Error!.Code);
    }

    [Theory]
    [InlineData("""{"center": "Nowhere"}""", HttpStatusCode.BadRequest, "ResubmissionRefused")]
    [InlineData("""{"blob": "A/x.zip"}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("{", HttpStatusCode.BadRequest, "InvalidRequest")]
    public async Task An_order_that_cannot_be_followed_is_a_problem(string json, HttpStatusCode status, string code)
    {
        var failed = await RefusedAsync();
        using var response = await PostAsync(failed.UploadId!, json);
        await IsProblemAsync(response, status, code);
    }

    private Task<HttpResponseMessage> PostAsync(string uploadId, string json) =>
        app.Http.PostAsync($"/api/centers/A/quarantine/{uploadId}/resubmissions", new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task<PredictionStatus> RefusedAsync()
    {
        var started = await app.PostZipAsync("A", Encoding.UTF8.GetBytes($"no zip {Guid.NewGuid()}"));
        return await app.EndAsync("A", started.Id);
    }

    private static async Task IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!.GetValue<string>());
    }
}
