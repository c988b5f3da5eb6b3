using System.Text;
using Azure.Identity;
using Radiomics.Pipeline;
using RadiomicsFunctions.Telemetry;

namespace Functions.Tests.Telemetry;

/// <summary>What host and worker tell of themselves while studies go through.</summary>
[Collection(nameof(AppCollection))]
public sealed class TelemetryTests(App app)
{
    private static readonly string[] s_steps = ["PlanPrediction", "IngestStudy", "ExtractFeatures", "Predict", "PublishPrediction"];

    [Fact]
    public async Task A_study_is_one_trace_from_its_callers_to_its_publication()
    {
        var trace = Guid.NewGuid().ToString("N");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/centers/A/predictions") { Content = App.Zip(await PhantomStudy.ZipAsync("3.0T", seed: 71)) };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        var status = await App.ReadAsync(await app.Http.SendAsync(request));
        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", status.Id)).Status);

        await SeenInOneTraceAsync(["PostPrediction", .. s_steps], of: trace);
    }

    [Fact]
    public async Task An_uploaded_study_is_one_trace_from_its_blob_to_its_publication_and_no_telemetry_names_it()
    {
        var name = $"DOE-{Guid.NewGuid():N}.zip";
        var content = new BinaryData(await PhantomStudy.ZipAsync("3.0T", seed: 72));
        await app.Store.Blob(Containers.Incoming, $"A/{name}").UploadAsync(content);
        var id = PredictionId.OfUpload(UploadId.OfZip("A", name, Digest.Of(content)));
        Assert.Equal(PredictionState.Succeeded, (await app.EndAsync("A", id)).Status);

        await SeenInOneTraceAsync(["UploadArrived", .. s_steps]);
        await OtlpCollector.SeenAsync(() => app.Collector.Log.Where(line => line.Sentence == $"Prediction {id} succeeded.").Select(line => line.Category).FirstOrDefault(), "the log's last word on the prediction");
        Assert.DoesNotContain(name, app.Collector.Everything, StringComparison.OrdinalIgnoreCase);
        // Name and id of the phantoms' patients.
        Assert.DoesNotContain("PHANTOM", app.Collector.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_predictions_and_failures_are_counted_by_what_they_are()
    {
        await app.EndAsync("A", (await app.PostZipAsync("A", await PhantomStudy.ZipAsync("3.0T", seed: 73))).Id);
        await app.EndAsync("A", (await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, counted"))).Id);

        await SeenAsync(StepMeter.Durations, point => point["step"] == "PublishPrediction" && point["outcome"] == "done");
        await SeenAsync(StepMeter.Durations, point => point["step"] == "IngestStudy" && point["outcome"] == "refused");
        await SeenAsync(PipelineMeter.Failures, point => point["of"] == "prediction" && point["center"] == "A" && point["code"] == "NotAZip");
        await SeenAsync(
            PipelineMeter.Predictions,
            point => point["center"] == "A" && point["field_strength"] == "3.0T" && point["decision"] is "positive" or "negative" && point["training_range"] is "inside" or "outside");
    }

    [Fact]
    public async Task What_libraries_log_is_not_sent()
    {
        await app.EndAsync("A", (await app.PostZipAsync("A", Encoding.UTF8.GetBytes("no zip, logged"))).Id);
        await OtlpCollector.SeenAsync(() => app.Collector.Log.Any() ? app.Collector : null, "a log");

        Assert.All(app.Collector.Log, line => Assert.Matches(@"^(RadiomicsFunctions\.|PredictStudy$|RetrainCenter$|AwaitStudy$)", line.Category));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("Authorization=AAD", typeof(DefaultAzureCredential))]
    [InlineData("Authorization=AAD;ClientId=00000000-0000-0000-0000-000000000001", typeof(ManagedIdentityCredential))]
    public void Application_Insights_is_told_who_sends_if_it_asks(string? setting, Type? credential) =>
        Assert.Equal(credential, TelemetryServices.CredentialOf(setting)?.GetType());

    private Task SeenInOneTraceAsync(string[] functions, string? of = null) => OtlpCollector.SeenAsync(
        () => app.Collector.Spans.GroupBy(span => span.Trace)
            .FirstOrDefault(trace => (of is null || trace.Key == of) && functions.All(function => trace.Any(span => span.Name.EndsWith($" {function}", StringComparison.Ordinal)))),
        $"a trace {of} with {string.Join(", ", functions)}; {(of is null ? "" : string.Join(", ", app.Collector.Spans.Where(span => span.Trace == of).Select(span => span.Name)))}");

    private Task SeenAsync(string metric, Func<Dictionary<string, string>, bool> wanted) =>
        OtlpCollector.SeenAsync(() => app.Collector.Points(metric).FirstOrDefault(wanted), metric);
}
