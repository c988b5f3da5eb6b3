using System.Net;
using System.Text;
using Radiomics;
using Radiomics.Dicom;
using Radiomics.Pipeline;

namespace Functions.Tests.Console;

/// <summary>The console's pages about cohorts, retrainings and models, with every part real.</summary>
[Collection(nameof(AppCollection))]
public sealed class RetrainingPagesTests(App app) : IDisposable
{
    private const string Page = "/centers/A/retrainings";

    private static readonly UidKey s_key = new(App.UidKeyBytes);

    private static readonly (string, string)[] s_quick =
    [
        ("protocol.outerFolds", "2"), ("protocol.outerRepeats", "1"), ("protocol.innerFolds", "2"), ("protocol.learners", "logisticRegression"), ("protocol.bootstraps", "50"),
        ("protocol.stabilityPatients", "2"), ("protocol.comparePooled", ""), ("protocol.selection.include", "stat_.*"),
    ];

    private readonly DeskBrowser _browser = new(app);

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task A_cohort_becomes_a_model_by_forms_alone_and_is_rolled_back_by_one()
    {
        var name = $"pages-{Guid.NewGuid():N}";
        var csv = await SeededCohort.StoreAsync(app.Store, s_key, "A", "3.0T", studies: 24, firstSeed: 7100);
        var (sent, stored) = await _browser.SendFileAsync(Page, "/centers/A/cohorts", "file", "cohort.csv", Encoding.UTF8.GetBytes(csv), ("name", name), ("identifiers", "original"));
        Assert.Equal(200, sent);
        Assert.Contains("The cohort is stored.", stored);
        Assert.Contains("<span class=\"value\">24</span><span class=\"what\">studies", stored);

        var (ordered, retraining) = await _browser.SubmitAsync($"{Page}?cohort={name}", Page, [("cohort", name), ("fieldStrengths", "3.0T"), ("outcome", "Overload <b>after</b> a year"), ("again", "true"), .. s_quick]);
        Assert.Equal(303, ordered);
        Assert.StartsWith($"{Page}/r-", retraining);
        var address = retraining.Split('?')[0];
        var id = address.Split('/')[^1];

        var waiting = await _browser.PageWithAsync(address, "Look at it and decide");
        Assert.Contains("Overload <b>after</b> a year", waiting);
        Assert.Matches("radiomics, logistic regression ?<span class=\"badge good\">winner</span>", waiting);
        Assert.Contains(name, await _browser.PageWithAsync($"{Page}?part=rows", id));

        var current = await new RetrainingDoor(app).TryCurrentAsync("A", "3.0T");
        var decide = await _browser.PageAsync($"{address}/approval?fieldStrength=3.0T");
        Assert.Contains("Waits for a decision", decide);
        Assert.Contains("Demonstration model trained on synthetic phantoms", decide);
        var (unnamed, refused) = await _browser.SubmitAsync($"{address}/approval", $"{address}/approval", ("approved", "true"), ("name", " "), ("reason", "seen"));
        Assert.Equal(400, unnamed);
        Assert.Contains("DecisionIncomplete", refused);
        var (decided, after) = await _browser.SubmitAsync($"{address}/approval", $"{address}/approval", ("approved", "true"), ("name", "Dr. Pages"), ("reason", "card reviewed"));
        Assert.Equal((303, $"{address}?done=decided"), (decided, after));

        var done = await _browser.PageWithAsync(address, "<span class=\"badge good\">promoted</span>");
        Assert.Contains("card reviewed", done);
        Assert.DoesNotContain("data-live", done);
        var models = await _browser.PageAsync("/centers/A/models");
        Assert.Contains("Approved by Dr. Pages", models);
        var promoted = (await new RetrainingDoor(app).TryCurrentAsync("A", "3.0T"))!;
        Assert.Equal(id, promoted.Retraining);

        var form = $"/centers/A/models/3.0T/{current!.Version}/rollback";
        var confirm = await _browser.PageAsync(form);
        Assert.Contains($"Make {current.Version} current", confirm);
        Assert.Contains($"<input type=\"hidden\" name=\"seen\" value=\"{promoted.Number}\"", confirm);
        var (late, moved) = await _browser.SubmitAsync(form, "/centers/A/models/3.0T/rollback", ("name", "Dr. Late"), ("reason", "drift"), ("seen", $"{promoted.Number - 1}"));
        Assert.Equal(409, late);
        Assert.Contains("PointerMoved", moved);
        Assert.Equal(promoted.Version, (await new RetrainingDoor(app).TryCurrentAsync("A", "3.0T"))!.Version);
        var (back, where) = await _browser.SubmitAsync(form, "/centers/A/models/3.0T/rollback", ("name", "Dr. Back"), ("reason", "second thoughts"));
        Assert.Equal((303, "/centers/A/models?done=rollback"), (back, where));
        Assert.Contains("Put back by Dr. Back", await _browser.PageAsync(where));
        Assert.Equal(current.Version, (await new RetrainingDoor(app).TryCurrentAsync("A", "3.0T"))!.Version);

        // The name on the form is what its writer says; who they are is what the gate has found.
        var line = (await app.AuditLinesAsync("A")).Last(line => (string?)line["action"] == "model-rolled-back");
        Assert.Equal(("local", "Dr. Back"), ((string?)line["actor"], (string?)line["subjects"]!["decidedBy"]));
    }

    [Fact]
    public async Task A_cohort_with_errors_is_shown_line_by_line_and_not_stored()
    {
        var name = $"pages-{Guid.NewGuid():N}";
        var (status, page) = await _browser.SendFileAsync(
            Page, "/centers/A/cohorts", "file", "cohort.csv", Encoding.UTF8.GetBytes("studyUid,label\n1.2.3.1,1\n1.2.3.1,1\n1.2.3.2,perhaps\n"), ("name", name), ("identifiers", "original"));

        Assert.Equal(422, status);
        Assert.Contains("nothing was stored", page);
        Assert.Contains("data-label=\"Line\">3</th>", page);
        Assert.Contains("data-label=\"Line\">4</th>", page);
        Assert.DoesNotContain("perhaps", page);
        Assert.False(await app.Store.Blob(Containers.Cohorts, $"A/{name}.csv").ExistsAsync());
    }

    [Theory]
    [InlineData("", "x", "original", 400, "EmptyBody")]
    [InlineData("studyUid,label\n", "..x", "original", 400, "CohortNameInvalid")]
    [InlineData("studyUid,label\n", "x", "guessed", 400, "InvalidRequest")]
    public async Task A_cohort_that_cannot_be_taken_is_a_problem_on_a_page(string csv, string name, string identifiers, int status, string code)
    {
        var (answered, page) = await _browser.SendFileAsync(Page, "/centers/A/cohorts", "file", "c.csv", Encoding.UTF8.GetBytes(csv), ("name", name), ("identifiers", identifiers));
        Assert.Equal(status, answered);
        Assert.Contains($"<p class=\"code\">{code}</p>", page);
    }

    [Fact]
    public async Task An_order_that_was_not_touched_is_the_one_that_the_api_makes_of_a_cohorts_name()
    {
        var (name, door) = ($"pages-{Guid.NewGuid():N}", new RetrainingDoor(app));
        await door.SendAsync("B", name, "studyUid,label\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"1.2.840.4715.{i},{i % 2}\n")));

        var (status, address) = await _browser.SubmitAsync($"/centers/B/retrainings?cohort={name}", "/centers/B/retrainings");
        var byApi = await door.StartAsync("B", $$"""{"cohort": "{{name}}"}""");

        Assert.Equal((303, $"/centers/B/retrainings/{byApi.Id}?done=started"), (status, address));
        var failed = await _browser.PageWithAsync($"/centers/B/retrainings/{byApi.Id}", "CohortTooSmall");
        Assert.Contains("upload the missing studies, or ask for fewer folds", failed);
        await app.Hub.EndAsync(byApi.Id);
    }

    [Fact]
    public async Task A_value_that_cannot_be_used_is_told_by_the_name_of_its_field()
    {
        var name = $"pages-{Guid.NewGuid():N}";
        await new RetrainingDoor(app).SendAsync("B", name, "studyUid,label\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"1.2.840.4716.{i},{i % 2}\n")));
        var (status, page) = await _browser.SubmitAsync("/centers/B/retrainings", "/centers/B/retrainings", ("cohort", name), ("protocol.outerFolds", "many"));
        Assert.Equal(400, status);
        Assert.Contains("“Outer folds” has a value that can't be used", page);
        var (unknown, choice) = await _browser.SubmitAsync("/centers/B/retrainings", "/centers/B/retrainings", ("cohort", name), ("promotion.mode", "sometimes"));
        Assert.Equal(400, unknown);
        Assert.Contains("“Decision” has a value that can't be used", choice);
    }

    [Theory]
    [InlineData("/centers/A/retrainings/r-00000000000000000000000000000000", "RetrainingNotFound")]
    [InlineData("/centers/A/models/3.0T/0123456789abcdef", "ModelNotFound")]
    [InlineData("/centers/A/models/7.0T/0123456789abcdef", "ModelNotFound")]
    [InlineData("/centers/A/models/3.0T/0123456789abcdef/rollback", "ModelVersionUnknown")]
    [InlineData("/centers/Nowhere/models", "UnknownCenter")]
    [InlineData("/centers/Nowhere/retrainings", "UnknownCenter")]
    public async Task What_is_not_there_is_a_page_that_says_so(string address, string code) =>
        Assert.Contains($"<p class=\"code\">{code}</p>", await _browser.PageAsync(address, HttpStatusCode.NotFound));

    [Fact]
    public async Task A_demonstration_says_that_it_is_one_and_has_its_card()
    {
        await new RetrainingDoor(app).TryCurrentAsync("B", "3.0T");
        var models = await _browser.PageAsync("/centers/B/models");
        Assert.Contains("A demonstration.", models);
        Assert.Contains("held-out AUC", models);
        var version = (await new RetrainingDoor(app).TryCurrentAsync("B", "3.0T"))!.Version;
        Assert.Contains("Ships with the service", models);
        Assert.Contains("The whole card", await _browser.PageAsync($"/centers/B/models/3.0T/{version}"));
        Assert.Contains(version, await _browser.PageAsync($"/centers/B/models/3.0T/{version}/card"));
    }
}
