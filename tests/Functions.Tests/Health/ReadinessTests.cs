using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Radiomics.Pipeline;
using RadiomicsFunctions.Health;
using RadiomicsFunctions.Hosting;

namespace Functions.Tests.Health;

[Collection(nameof(AppCollection))]
public sealed class ReadinessTests(App app)
{
    [Fact]
    public async Task A_process_that_answers_is_alive() =>
        Assert.Equal("alive", (string?)JsonNode.Parse(await app.Http.GetStringAsync("/api/health/live"))!["status"]);

    [Fact]
    public async Task A_service_that_works_is_ready_and_names_what_it_has_looked_at()
    {
        var response = await app.Http.GetAsync("/api/health/ready");
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ready", (string?)body["status"]);
        Assert.Equal(["dicomServices ok", "models ok", "queues ok", "storage ok", "uidKey ok"], body["checks"]!.AsArray().Select(check => $"{check!["name"]} {check["status"]}").Order());
    }

    [Fact]
    public async Task A_service_without_storage_is_broken_and_says_where()
    {
        var (status, body) = await AskAsync(Settings("DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;"));

        Assert.Equal(503, status);
        Assert.Equal("broken", (string?)body["status"]);
        Assert.Equal(["queues broken", "storage broken", "uidKey broken"], Checks(body).Where(check => check.EndsWith("broken", StringComparison.Ordinal)));
        Assert.DoesNotContain("127.0.0.1", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_DICOM_service_that_is_silent_and_a_model_that_is_damaged_are_named_while_the_rest_goes_on()
    {
        var settings = Settings(app.Storage);
        var models = Directory.CreateTempSubdirectory("radiomics-tests-");
        try
        {
            var center = $"damaged-{Guid.NewGuid():N}"[..20];
            CopyModels(models.FullName, center);
            settings["Radiomics:ModelsFolder"] = models.FullName;
            settings["Radiomics:DicomServices:0:Center"] = center;
            settings["Radiomics:DicomServices:0:Endpoint"] = "http://127.0.0.1:9/dicom-web";
            await app.Store.WriteJsonOnceAsync(Containers.Models, $"{center}/3.0T/current.json", new ModelPointer { Version = "0123456789abcdef", Sequence = "T1_F", Sha256 = new string('0', 64), PromotedBy = "test" });
            await app.Store.WriteOnceAsync(Containers.Models, $"{center}/3.0T/0123456789abcdef/package.zip", new BinaryData("damaged"));

            var (status, body) = await AskAsync(settings);

            Assert.Equal(200, status);
            Assert.Equal(["dicomServices degraded", "models degraded", "queues ok", "storage ok", "uidKey ok"], Checks(body));
            Assert.Equal("A center's current model can't be loaded; the log says which.", (string?)body["checks"]!.AsArray().Single(check => (string?)check!["name"] == "models")!["detail"]);
            Assert.Equal("A center's DICOM service doesn't answer; the log says which.", (string?)body["checks"]!.AsArray().Single(check => (string?)check!["name"] == "dicomServices")!["detail"]);
            Assert.DoesNotContain(center, body.ToJsonString(), StringComparison.Ordinal);
        }
        finally
        {
            models.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_service_with_another_UID_key_than_its_data_is_broken_and_says_so()
    {
        await app.Http.GetAsync("/api/health/ready");
        var settings = Settings(app.Storage);
        settings["Radiomics:UidKey"] = Convert.ToBase64String([.. Enumerable.Repeat((byte)0xA5, 32)]);

        var (status, body) = await AskAsync(settings);

        Assert.Equal(503, status);
        Assert.Equal(["uidKey broken"], Checks(body).Where(check => !check.EndsWith("ok", StringComparison.Ordinal)));
        Assert.Equal("The UID key isn't the one that the data was last used with; the log says which is.", (string?)body["checks"]!.AsArray().Single(check => (string?)check!["name"] == "uidKey")!["detail"]);
    }

    [Fact]
    public async Task Many_who_ask_at_once_cost_one_look()
    {
        var (clock, looks) = (new FakeTimeProvider(), 0);
        await using var services = new ServiceCollection().AddLogging().AddHealthChecks()
            .AddCheck("counted", () => HealthCheckResult.Healthy($"{Interlocked.Increment(ref looks)}"))
            .Services.BuildServiceProvider();
        var readiness = new Readiness(services.GetRequiredService<HealthCheckService>(), clock, NullLogger<Readiness>.Instance);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => readiness.AnswerAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(1, looks);

        clock.Advance(Readiness.Lifetime);
        await readiness.AnswerAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, looks);
    }

    private static IEnumerable<string> Checks(JsonNode body) => body["checks"]!.AsArray().Select(check => $"{check!["name"]} {check["status"]}").Order();

    private static Dictionary<string, string?> Settings(string storage) => new()
    {
        ["RadiomicsStorage"] = storage,
        ["AzureWebJobsStorage"] = storage,
        ["Radiomics:UidKey"] = Convert.ToBase64String(App.UidKeyBytes),
    };

    private static async Task<(int? Status, JsonNode Body)> AskAsync(Dictionary<string, string?> settings)
    {
        await using var services = new ServiceCollection().AddLogging().AddApp(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        var answer = Assert.IsType<ContentResult>(await services.GetRequiredService<Readiness>().AnswerAsync(TestContext.Current.CancellationToken));
        return (answer.StatusCode, JsonNode.Parse(answer.Content!)!);
    }

    // Center A under another name, and nothing else.
    private static void CopyModels(string to, string center)
    {
        var from = Path.Combine(AppContext.BaseDirectory, "models");
        foreach (var folder in new[] { "ingest", "settings" })
        {
            Directory.CreateDirectory(Path.Combine(to, folder));
            foreach (var file in Directory.GetFiles(Path.Combine(from, folder)))
                File.Copy(file, Path.Combine(to, folder, Path.GetFileName(file)));
        }

        var profile = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "centers", "A.json")))!;
        profile["center"] = center;
        Directory.CreateDirectory(Path.Combine(to, "centers"));
        File.WriteAllText(Path.Combine(to, "centers", $"{center}.json"), profile.ToJsonString());
    }
}
