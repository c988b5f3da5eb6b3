using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Radiomics.Pipeline;

namespace Functions.Tests.Access;

/// <summary>What comes of who calls: names in the audit, and what callers see and pool.</summary>
public sealed class CallerTests(ClosedApp app) : IClassFixture<ClosedApp>
{
    private const string Cohort = "studyUid,label\n1.2.3.1,1\n1.2.3.2,0\n1.2.3.3,1\n1.2.3.4,0\n1.2.3.5,1\n1.2.3.6,0\n1.2.3.7,1\n1.2.3.8,0\n1.2.3.9,1\n1.2.3.10,0\n1.2.3.11,1\n1.2.3.12,0\n";

    [Fact]
    public async Task The_audit_names_the_key_or_the_principal_that_was_verified()
    {
        var (key, id) = await app.NewKeyAsync("A", Right.Submit, Right.Read);
        var sender = Credentials.Key("a sender", key);
        // A claim of the issuer's doesn't make a key of a token.
        var researcher = Credentials.Token("a researcher", app.Issuer.Token(token => token.Claims["api_key"] = "0123456789abcdef", "Center.A.Train"));

        var prediction = await SubmitAsync("A", sender, "no zip, named");
        var cohort = await app.SendAsync("PUT", "/api/centers/A/cohorts/named", researcher, Csv());
        await EndAsync("A", prediction, sender);

        Assert.Equal(200, cohort.Status);
        var events = await app.EventsAsync("A");
        Assert.Equal($"key:{id}", ActorOf(events, "upload-received", "prediction", prediction));
        Assert.Equal("entra:o1", ActorOf(events, "cohort-stored", "cohort", "named"));
    }

    [Fact]
    public async Task A_sender_who_may_not_read_is_not_told_what_came_of_it()
    {
        var sender = Credentials.Key("a sender", (await app.NewKeyAsync("A", Right.Submit)).Text);
        var both = Credentials.Key("a sender who reads", (await app.NewKeyAsync("A", Right.Submit, Right.Read)).Text);
        var id = await SubmitAsync("A", sender, "no zip, sent blindly");
        await EndAsync("A", id, both);

        var blind = JsonNode.Parse((await app.SendAsync("POST", "/api/centers/A/predictions", sender, ClosedApp.Zip("no zip, sent blindly"))).Body)!;
        var seeing = JsonNode.Parse((await app.SendAsync("POST", "/api/centers/A/predictions", both, ClosedApp.Zip("no zip, sent blindly"))).Body)!;

        Assert.Equal((id, "failed"), ((string?)blind["id"], (string?)blind["status"]));
        Assert.Null(blind["error"]);
        Assert.Equal("NotAZip", (string?)seeing["error"]!["code"]);
    }

    [Fact]
    public async Task Whoever_pools_a_cohort_must_be_let_read_at_its_center_too()
    {
        var trainer = Credentials.Token("a trainer of A", app.Issuer.Token("Center.A.Train"));
        var reader = Credentials.Token("a trainer of A who reads at B", app.Issuer.Token("Center.A.Train", "Center.B.Read"));
        var submitter = Credentials.Token("a trainer of A who sends for B", app.Issuer.Token("Center.A.Train", "Center.B.Submit"));
        Assert.Equal(200, (await app.SendAsync("PUT", "/api/centers/A/cohorts/pooling", trainer, Csv())).Status);

        var foreign = await PoolAsync(trainer, "B/never-sent");
        var unknown = await PoolAsync(trainer, "Z/never-sent");
        var known = await PoolAsync(submitter, "B/never-sent");
        var read = await PoolAsync(reader, "B/never-sent");

        Assert.Equal((404, "UnknownCenter"), (foreign.Status, foreign.Code));
        Assert.Equal(unknown, foreign);
        Assert.Equal((403, "RightMissing"), (known.Status, known.Code));
        Assert.Equal((404, "CohortUnknown"), (read.Status, read.Code));
    }

    [Fact]
    public async Task The_audit_knows_who_read_what_and_nothing_of_what_nobody_was_told()
    {
        var (key, id) = await app.NewKeyAsync("A", Right.Submit, Right.Read);
        var (reader, blind) = (Credentials.Key("a reader", key), Credentials.Key("a sender", (await app.NewKeyAsync("A", Right.Submit)).Text));
        var prediction = await SubmitAsync("A", blind, "no zip, to be read");
        await EndAsync("A", prediction, reader);
        var model = JsonNode.Parse((await app.SendAsync("GET", "/api/centers/A/models/3.0T", reader)).Body)!;
        var version = (string)model["current"]!["version"]!;
        await app.SendAsync("GET", $"/api/centers/A/models/3.0T/{version}/card", reader);

        Assert.Equal(404, (await app.SendAsync("GET", "/api/centers/A/predictions/p-00000000000000000000000000000000", reader)).Status);
        Assert.Equal(403, (await app.SendAsync("GET", $"/api/centers/A/predictions/{prediction}", blind)).Status);
        await SubmitAsync("A", blind, "no zip, to be read");
        for (var attempt = 0; attempt < 600 && (await ReadsAsync()).Select(read => read.Kind).Distinct().Count() < 3; attempt++)
            await Task.Delay(100, TestContext.Current.CancellationToken);

        var reads = await ReadsAsync();
        Assert.All(reads, read => Assert.Equal($"key:{id}", read.Actor));
        Assert.Equal(
            [("card", $"3.0T/{version}"), ("model", "3.0T"), ("prediction", prediction)],
            reads.Select(read => (read.Kind, read.Id)).Distinct().Order());

        async Task<List<(string Actor, string Kind, string Id)>> ReadsAsync() =>
        [
            .. (await app.EventsAsync("A")).Where(e => (string?)e["action"] == "read" && ((string)e["actor"]! == $"key:{id}" || ((string)e["subjects"]!["ids"]!).Contains(prediction, StringComparison.Ordinal)))
                .Select(e => ((string)e["actor"]!, (string)e["subjects"]!["kind"]!, (string)e["subjects"]!["ids"]!)),
        ];
    }

    [Fact]
    public async Task Who_sends_a_study_again_and_is_told_what_came_of_it_has_read_it()
    {
        var (key, id) = await app.NewKeyAsync("A", Right.Submit, Right.Read);
        var both = Credentials.Key("a sender who reads", key);
        var other = Credentials.Key("another", (await app.NewKeyAsync("A", Right.Submit, Right.Read)).Text);
        var prediction = await SubmitAsync("A", other, "no zip, sent by another");
        await EndAsync("A", prediction, other);

        await SubmitAsync("A", both, "no zip, sent by another");

        for (var attempt = 0; attempt < 600; attempt++)
        {
            if ((await app.EventsAsync("A")).Any(e => (string?)e["action"] == "read" && (string?)e["actor"] == $"key:{id}" && (string?)e["subjects"]!["ids"] == prediction))
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("Nobody wrote down that it was read.");
    }

    private Task<Answer> PoolAsync(Credentials caller, string cohort) => app.SendAsync(
        "POST", "/api/centers/A/retrainings", caller, new StringContent($$"""{"cohort": "pooling", "pool": ["{{cohort}}"]}""", Encoding.UTF8, "application/json"));

    private async Task<string> SubmitAsync(string center, Credentials caller, string content)
    {
        var answer = await app.SendAsync("POST", $"/api/centers/{center}/predictions", caller, ClosedApp.Zip(content));
        Assert.Equal(202, answer.Status);
        return (string)JsonNode.Parse(answer.Body)!["id"]!;
    }

    private async Task EndAsync(string center, string id, Credentials caller)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            var answer = await app.SendAsync("GET", $"/api/centers/{center}/predictions/{id}", caller);
            if (answer.Status == 200 && (string?)JsonNode.Parse(answer.Body)!["status"] is "failed" or "succeeded")
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The prediction {id} never ended.");
    }

    private static string? ActorOf(IEnumerable<JsonNode> events, string action, string subject, string id) =>
        (string?)Assert.Single(events, e => (string?)e["action"] == action && (string?)e["subjects"]![subject] == id)["actor"];

    private static ByteArrayContent Csv() => new(Encoding.UTF8.GetBytes(Cohort)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
}
