using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using FellowOakDicom;

namespace Radiomics.DicomWeb.Tests;

/// <summary>What may be told of a request that is about a patient; over a real connection, whose own traces would tell its address.</summary>
public sealed class PrivacyTests(OrthancServer orthanc)
{
    [Fact]
    public async Task Traces_and_logs_say_what_kind_of_thing_was_asked_and_never_which()
    {
        const string accession = "A4711";
        var told = new ConcurrentQueue<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => told.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(activities);
        using var events = new AzureEvents(told);
        var options = DicomServiceClientOptions.ForThisMachine();
        var client = new DicomServiceClient(await orthanc.RequireAsync(), options);

        var refusal = await Refusal.OfAsync(client.RetrieveStudyMetadataAsync(FakeService.Study));
        await Refusal.ListAsync(client.SearchStudiesAsync(new DicomQuery { Matches = new Dictionary<DicomTag, string> { [DicomTag.AccessionNumber] = accession } }));

        var all = string.Join('\n', told.Append($"{refusal}"));
        Assert.DoesNotContain(FakeService.Study, all);
        Assert.DoesNotContain(accession, all);
        Assert.Contains("GET studies/{study}/metadata [http.request.method, GET] [url.template, studies/{study}/metadata] [server.address, 127.0.0.1] [http.response.status_code, 404]", all);
    }

    private sealed class AzureEvents(ConcurrentQueue<string> told) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.StartsWith("Azure", StringComparison.Ordinal))
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => told.Enqueue(string.Join(' ', eventData.Payload ?? new([])));
    }
}
