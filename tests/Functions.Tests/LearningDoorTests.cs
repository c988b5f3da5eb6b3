using System.Net;
using System.Text;
using System.Text.Json;
using Radiomics;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Functions.Tests;

/// <summary>What the doors for cohorts, retrainings and models make of what they can't use.</summary>
[Collection(nameof(AppCollection))]
public sealed class LearningDoorTests(App app)
{
    private const string Good = "studyUid,label\n1.2.3.1,1\n1.2.3.2,0\n1.2.3.3,1\n1.2.3.4,0\n1.2.3.5,1\n1.2.3.6,0\n1.2.3.7,1\n1.2.3.8,0\n1.2.3.9,1\n1.2.3.10,0\n1.2.3.11,1\n1.2.3.12,0\n";

    [Fact]
    public async Task A_cohort_is_stored_with_mapped_uids_only()
    {
        var answer = await ReadAsync(await PutAsync("A", "door-good", Good), HttpStatusCode.OK);

        Assert.Equal(12, answer.GetProperty("report").GetProperty("studies").GetInt32());
        var stored = (await app.Store.Blob(Containers.Cohorts, "A/door-good.csv").DownloadContentAsync()).Value.Content;
        Assert.Equal(Digest.Of(stored), answer.GetProperty("sha256").GetString());
        Assert.DoesNotContain("1.2.3.", stored.ToString());
        Assert.Contains("\n2.25.", stored.ToString());
    }

    [Fact]
    public async Task A_cohort_with_errors_is_refused_with_its_lines_and_not_stored()
    {
        var problem = await IsProblemAsync(await PutAsync("A", "door-bad", Good + "1.2.3.1,1\n"), HttpStatusCode.UnprocessableEntity, "CohortInvalid");

        var finding = problem.GetProperty("report").GetProperty("findings").EnumerateArray().First(f => f.GetProperty("severity").GetString() == "error");
        Assert.Equal(14, finding.GetProperty("line").GetInt32());
        Assert.False(await app.Store.Blob(Containers.Cohorts, "A/door-bad.csv").ExistsAsync());
    }

    [Theory]
    [InlineData("Nowhere", "x", "text/csv", Good, HttpStatusCode.NotFound, "UnknownCenter")]
    [InlineData("A", "x", "application/json", "{}", HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType")]
    [InlineData("A", "x", "text/csv", "", HttpStatusCode.BadRequest, "EmptyBody")]
    [InlineData("A", "..x", "text/csv", Good, HttpStatusCode.BadRequest, "CohortNameInvalid")]
    [InlineData("A", "x?identifiers=guessed", "text/csv", Good, HttpStatusCode.BadRequest, "InvalidRequest")]
    public async Task A_cohort_that_the_door_cannot_take_is_a_problem(string center, string name, string type, string body, HttpStatusCode status, string code) =>
        await IsProblemAsync(await PutAsync(center, name, body, type), status, code);

    [Theory]
    [InlineData("A", "{", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", "[]", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", "null", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", "{}", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "../B/x"}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "never-sent"}""", HttpStatusCode.NotFound, "CohortUnknown")]
    [InlineData("A", """{"cohort": "x", "fieldStrengths": ["7.0T"]}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "x", "fieldStrengths": ["3.0T", "3.0T"]}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "x", "fieldStrengths": [null]}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "x", "pool": ["no-center"]}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "x", "pool": null}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "x", "protocol": {"outerFold": 5}}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "x", "protocol": {"outerFolds": 1}}""", HttpStatusCode.BadRequest, "InvalidProtocol")]
    [InlineData("A", """{"cohort": "x", "protocol": {"selection": null}}""", HttpStatusCode.BadRequest, "InvalidProtocol")]
    [InlineData("A", """{"cohort": "x", "protocol": {"learners": []}}""", HttpStatusCode.BadRequest, "InvalidProtocol")]
    [InlineData("A", """{"cohort": "x", "protocol": {"selection": {"include": ["("]}}}""", HttpStatusCode.BadRequest, "InvalidProtocol")]
    [InlineData("A", """{"cohort": "x", "protocol": {"featureSets": ["clinical"], "winnerFrom": ["radiomics"]}}""", HttpStatusCode.BadRequest, "InvalidProtocol")]
    [InlineData("A", """{"cohort": "x", "promotion": {"mode": "sometimes"}}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("A", """{"cohort": "x", "promotion": {"alpha": 2}}""", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("research", """{"cohort": "x"}""", HttpStatusCode.BadRequest, "CenterHasNoModels")]
    [InlineData("Nowhere", """{"cohort": "x"}""", HttpStatusCode.NotFound, "UnknownCenter")]
    public async Task A_retraining_that_cannot_be_started_is_a_problem(string center, string body, HttpStatusCode status, string code) =>
        await IsProblemAsync(await PostAsync($"centers/{center}/retrainings", body), status, code);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_was_forgotten_never_gives_the_retraining_of_another_order(bool hasHistory)
    {
        var (door, key) = (new RetrainingDoor(app), Guid.NewGuid().ToString());
        await door.SendAsync("A", "door-keyed", Good);
        var claim = app.Store.Blob(Containers.Uploads, $"by-key/{Digest.OfParts("A", $"retraining {key}")}.json");
        var status = await door.StartAsync("A", """{"cohort": "door-keyed"}""", key);
        await app.Hub.EndAsync(status.Id);
        if (!hasHistory)
            await app.Hub.PurgeAsync(status.Id);

        await claim.DeleteAsync();
        await IsProblemAsync(await door.PostAsync("A", """{"cohort": "door-keyed", "outcome": "Another one"}""", key), HttpStatusCode.UnprocessableEntity, "IdempotencyKeyReused");
        await claim.DeleteAsync();
        Assert.Equal(status.Id, (await door.StartAsync("A", """{"cohort": "door-keyed"}""", key)).Id);
        await app.Hub.EndAsync(status.Id);
    }

    [Fact]
    public async Task The_sentence_about_an_option_that_there_is_none_of_says_where_it_stands()
    {
        var problem = await IsProblemAsync(
            await PostAsync("centers/A/retrainings", """{"cohort": "x", "protocol": {"outerFold": 5}}"""), HttpStatusCode.BadRequest, "InvalidRequest");
        Assert.Contains("$.protocol.outerFold", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_that_is_no_json_by_its_type_is_a_problem() => await IsProblemAsync(
        await app.Http.PostAsync("/api/centers/A/retrainings", new StringContent("{}", Encoding.UTF8, "text/plain")), HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType");

    [Fact]
    public async Task A_body_far_above_what_an_order_takes_is_a_problem() => await IsProblemAsync(
        await PostAsync("centers/A/retrainings", $$"""{"cohort": "{{new string('x', 100_000)}}"}"""), HttpStatusCode.RequestEntityTooLarge, "RequestTooLarge");

    [Theory]
    [InlineData("A", "r-00000000000000000000000000000000")]
    [InlineData("A", "p-00000000000000000000000000000000")]
    [InlineData("Nowhere", "r-00000000000000000000000000000000")]
    public async Task A_retraining_that_is_not_there_is_a_problem(string center, string id)
    {
        await IsProblemAsync(await app.Http.GetAsync($"/api/centers/{center}/retrainings/{id}"), HttpStatusCode.NotFound, "RetrainingNotFound");
        await IsProblemAsync(
            await PostAsync($"centers/{center}/retrainings/{id}/approval", """{"approved": true, "name": "Dr. Example", "reason": "seen"}"""), HttpStatusCode.NotFound, "RetrainingNotFound");
    }

    [Theory]
    [InlineData("""{"approved": true, "reason": "seen"}""", "DecisionIncomplete")]
    [InlineData("""{"approved": true, "name": "  ", "reason": "seen"}""", "DecisionIncomplete")]
    [InlineData("""{"approved": true, "name": "Dr. Example"}""", "DecisionIncomplete")]
    [InlineData("""{"name": "Dr. Example", "reason": "seen"}""", "InvalidRequest")]
    [InlineData("""{"approved": "yes", "name": "Dr. Example", "reason": "seen"}""", "InvalidRequest")]
    [InlineData("""{"approved": true, "name": "Dr.\nExample", "reason": "seen"}""", "DecisionIncomplete")]
    public async Task A_decision_without_name_reason_or_answer_is_a_problem(string body, string code) =>
        await IsProblemAsync(await PostAsync("centers/A/retrainings/r-00000000000000000000000000000000/approval", body), HttpStatusCode.BadRequest, code);

    [Theory]
    [InlineData("Nowhere", "3.0T", "UnknownCenter")]
    [InlineData("A", "7.0T", "ModelNotFound")]
    [InlineData("research", "3.0T", "ModelNotFound")]
    public async Task Models_that_cannot_be_are_a_problem(string center, string fieldStrength, string code)
    {
        var model = $"centers/{center}/models/{fieldStrength}";
        await IsProblemAsync(await app.Http.GetAsync($"/api/{model}"), HttpStatusCode.NotFound, code);
        await IsProblemAsync(await app.Http.GetAsync($"/api/{model}/0123456789abcdef/card"), HttpStatusCode.NotFound, code);
        await IsProblemAsync(await PostAsync($"{model}/rollback", """{"name": "Dr. Example", "reason": "drift"}"""), HttpStatusCode.NotFound, code);
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("current.json")]
    [InlineData("..%2F..%2Fprofiles")]
    public async Task A_card_of_a_version_that_is_not_there_is_a_problem(string version) =>
        await IsProblemAsync(await app.Http.GetAsync($"/api/centers/A/models/3.0T/{version}/card"), HttpStatusCode.NotFound, "ModelNotFound");

    [Theory]
    [InlineData("""{"reason": "drift"}""", "DecisionIncomplete")]
    [InlineData("""{"name": "Dr. Example"}""", "DecisionIncomplete")]
    public async Task A_rollback_without_name_or_reason_is_a_problem(string body, string code) =>
        await IsProblemAsync(await PostAsync("centers/A/models/3.0T/rollback", body), HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task A_browser_gets_the_cards_page_and_runs_nothing_of_it()
    {
        var (package, zip) = Demonstration();
        var version = package.Version;
        await app.Store.WriteOnceAsync(Containers.Models, $"B/3.0T/{version}/package.zip", zip, "application/zip");

        // What somebody wrote beside the package is told to nobody.
        await app.Store.Blob(Containers.Models, $"B/3.0T/{version}/card.json").UploadAsync(new BinaryData("{}"), overwrite: true);
        await app.Store.Blob(Containers.Models, $"B/3.0T/{version}/card.html").UploadAsync(new BinaryData("<script>alert(1)</script>"), overwrite: true);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/centers/B/models/3.0T/{version}/card");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        var page = await app.Http.SendAsync(request);
        var json = await app.Http.GetAsync($"/api/centers/B/models/3.0T/{version}/card");

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy);
        Assert.Contains("sandbox", policy);
        Assert.DoesNotContain("script-src", policy);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(BlobStore.Json(package.Card).ToString(), await json.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("00000000feedbeef", true)]
    [InlineData("00000000feedbeee", false)]
    public async Task No_card_is_told_of_a_package_that_is_not_the_one_of_its_version(string version, bool isOther)
    {
        await app.Store.WriteOnceAsync(Containers.Models, $"B/3.0T/{version}/package.zip", isOther ? Demonstration().Zip : new BinaryData("no package"), "application/zip");
        await app.Store.WriteOnceAsync(Containers.Models, $"B/3.0T/{version}/card.json", BlobStore.Json(Demonstration().Package.Card));
        await IsProblemAsync(await app.Http.GetAsync($"/api/centers/B/models/3.0T/{version}/card"), HttpStatusCode.InternalServerError, "StoredPartAltered");
        Assert.NotEmpty(await app.LogAsync(1, $"ALTERED: The stored part {Containers.Models}/B/3.0T/{version}/package.zip "));
    }

    private static (ModelPackage Package, BinaryData Zip) Demonstration()
    {
        var zip = new BinaryData(File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, "models", "demonstration", "B-3.0T.zip")));
        return (ModelPackage.Load(zip.ToStream()), zip);
    }

    private Task<HttpResponseMessage> PutAsync(string center, string name, string csv, string type = "text/csv") =>
        app.Http.PutAsync($"/api/centers/{center}/cohorts/{name}", new StringContent(csv, Encoding.UTF8, type));

    private Task<HttpResponseMessage> PostAsync(string path, string json) => app.Http.PostAsync($"/api/{path}", new StringContent(json, Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await ReadAsync(response, status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.EndsWith(".", problem.GetProperty("detail").GetString());
        return problem;
    }
}
