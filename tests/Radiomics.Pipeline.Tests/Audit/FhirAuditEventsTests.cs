using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firely.Fhir.Validation;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Specification.Source;
using Hl7.Fhir.Specification.Terminology;
using Resource = Hl7.Fhir.Model.AuditEvent;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>The export of real trails, and of an event of each kind that the product writes, against the standard's own definitions.</summary>
public sealed class FhirAuditEventsTests(AuditedAccount account) : IClassFixture<AuditedAccount>
{
    private static readonly Lazy<Validator> _validator = new(() =>
    {
        var source = new CachedResolver(ZipSource.CreateValidationSource());
        return new Validator(source, LocalTerminologyService.CreateDefaultForCore(source), null, null, null);
    });

    [Fact]
    public async System.Threading.Tasks.Task Every_event_of_a_trail_is_a_valid_AuditEvent()
    {
        await account.RestoreAsync();
        foreach (var center in new[] { "A", "B", Containers.System })
        {
            var events = await ExportAsync(center);
            Assert.Equal(await AuditSegments.EventsAsync(account.Store, center, default).CountAsync(), events.Count);
            Assert.All(events, Valid);
            Assert.Equal(events.Count, events.Select(resource => resource.Id).Distinct().Count());
        }
    }

    [Fact]
    public async System.Threading.Tasks.Task So_is_an_event_of_each_action_that_the_sources_name()
    {
        await account.RestoreAsync();
        using var trail = new AuditTrail(account.Store, account.Key, account.Later);
        var actions = Actions().ToList();
        Assert.InRange(actions.Count, 30, 100);
        foreach (var action in actions)
        {
            await trail.AppendAsync(new AuditEvent
            {
                Id = $"tests/{action}",
                Center = "B",
                Actor = "entra:0123",
                Action = action,
                Subjects = new Dictionary<string, string> { ["patient"] = "p-1", ["studies"] = "2.25.1 2.25.2", ["decidedBy"] = "Dr. Example", ["reason"] = "proceedings", ["code"] = "NotAZip" },
                Digests = new Dictionary<string, string> { ["record"] = AuditLine.Genesis },
            });
        }

        var events = (await ExportAsync("B"))[^actions.Count..];
        Assert.All(events, Valid);
        Assert.Equal(actions, events.Select(resource => resource.Subtype[0].Code));
        Assert.Equal(
            (string[])[.. new[] { "upload-quarantined", "prediction-failed", "report-refused", "retraining-failed", "study-not-fetched", "promotion-refused", "wait-failed" }.Order(StringComparer.Ordinal)],
            events.Where(resource => resource.Outcome == Resource.AuditEventOutcome.N4).Select(resource => resource.Subtype[0].Code!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async System.Threading.Tasks.Task Who_what_when_and_the_digests_are_in_their_places()
    {
        await account.RestoreAsync();
        var events = await FhirAuditEvents.OfAsync(account.Store, "A").Select(json => JsonNode.Parse(json.ToString())!).ToListAsync();
        var line = await AuditSegments.EventsAsync(account.Store, "A", default).FirstAsync(line => line.Action == "prediction-published");

        var published = events.Single(resource => (string?)resource["id"] == line.Hash);
        Assert.Equal(line.Time, DateTime.Parse((string)published["recorded"]!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
        Assert.Equal(("pipeline", false), ((string?)published["agent"]![0]!["who"]!["identifier"]!["value"], (bool)published["agent"]![0]!["requestor"]!));
        Assert.Equal(("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "originate", "C"), ((string?)published["type"]!["system"], (string?)published["type"]!["code"], (string?)published["action"]));
        Assert.Contains(published["entity"]!.AsArray(), entity => IdOf(entity!) == ("urn:radiomics:prediction", line.Subjects["prediction"]));
        var own = published["entity"]![0]!["detail"]!.AsArray().ToDictionary(detail => (string)detail!["type"]!, detail => (string)detail!["valueString"]!);
        Assert.Equal((line.Hash, line.Digests["record"], "A"), (own["hash"], own["sha256 record"], own["center"]));

        var read = events.Single(resource => (string?)resource["subtype"]![0]!["code"] == "read");
        Assert.Equal(("access", "R", "key:0123", true), ((string?)read["type"]!["code"], (string?)read["action"], (string?)read["agent"]![0]!["who"]!["identifier"]!["value"], (bool)read["agent"]![0]!["requestor"]!));
        Assert.Equal(("urn:radiomics:prediction", account.Remade), IdOf(read["entity"]![1]!));

        static (string?, string?) IdOf(JsonNode entity) => ((string?)entity["what"]!["identifier"]!["system"], (string?)entity["what"]!["identifier"]!["value"]);
    }

    [Fact]
    public async System.Threading.Tasks.Task An_export_can_be_of_some_time_only()
    {
        await account.RestoreAsync();
        var times = await AuditSegments.EventsAsync(account.Store, "A", default).Select(line => line.Time).ToListAsync();

        var lines = await AuditExport.LinesAsync(account.Store, "A", times[2], times[5]).CountAsync();
        var resources = await FhirAuditEvents.OfAsync(account.Store, "A", times[2], times[5]).CountAsync();

        Assert.Equal((3, 3), (lines, resources));
    }

    [Fact]
    public async System.Threading.Tasks.Task A_validator_that_finds_nothing_would_be_none()
    {
        await account.RestoreAsync();
        var resource = (await ExportAsync("A"))[0];
        resource.Agent.Clear();

        Assert.False(_validator.Value.Validate(resource).Success);
    }

    private static void Valid(Resource resource)
    {
        var outcome = _validator.Value.Validate(resource);
        Assert.True(outcome is { Success: true, Warnings: 0 }, $"{resource.Subtype[0].Code}: {string.Join('\n', outcome.Issue.Select(issue => issue.ToString()))}");
    }

    private async System.Threading.Tasks.Task<List<Resource>> ExportAsync(string center) => await FhirAuditEvents.OfAsync(account.Store, center)
        .Select(json => JsonSerializer.Deserialize<Resource>(json, new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector))!)
        .ToListAsync();

    // What is written in quotes where events are made.
    private static IEnumerable<string> Actions()
    {
        var pipeline = Path.Combine(TestData.RepositoryRoot, "shared", "Radiomics.Pipeline");
        var makers = Directory.GetFiles(pipeline, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Where(text => text.Contains("AuditEvent", StringComparison.Ordinal) || text.Contains("Audit", StringComparison.Ordinal) && text.Contains("AppendAsync", StringComparison.Ordinal));
        return makers.SelectMany(text => System.Text.RegularExpressions.Regex.Matches(
                text, "\"((?:upload|prediction|predictions|study|features|report|retraining|cohort|stability|candidates|model|promotion|expired|patient|key|uid-key|wait|trail|signing)-[a-z-]+|read|kept|released)\""))
            .Select(match => match.Groups[1].Value)
            .Except(["uid-key"])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }
}
