using System.Net;
using System.Text;
using System.Text.Json;

namespace LocalRuntime.Functions.Tests.Hosting;

public class EventGridTests(AzuriteFixture azurite)
{
    private readonly Calls _calls = new();

    [Fact]
    public async Task A_notification_runs_the_function_once_per_event()
    {
        await using var app = await StartAsync();
        var answer = await PostAsync(app, "OnEvent", "Notification", Events("DicomImageCreated", "a", "b"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["""DicomImageCreated {"n":"a"}""", """DicomImageCreated {"n":"b"}"""], _calls.All.Order());
    }

    [Fact]
    public async Task A_batched_function_gets_the_delivery_as_an_array()
    {
        await using var app = await StartAsync();
        await PostAsync(app, "OnBatch", "Notification", Events("T", "a", "b", "c"));
        Assert.Equal(["batch of 3"], _calls.All);
    }

    [Fact]
    public async Task A_cloud_event_is_delivered_too()
    {
        await using var app = await StartAsync();
        const string body = """{"specversion":"1.0","id":"1","source":"/s","type":"T","data":{"n":1}}""";
        var request = new StringContent(body, Encoding.UTF8, "application/cloudevents+json");
        var answer = await app.Http.PostAsync("/runtime/webhooks/EventGrid?functionName=OnCloudEvent", request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["""T {"n":1}"""], _calls.All);
    }

    [Fact]
    public async Task A_subscription_is_validated()
    {
        await using var app = await StartAsync();
        const string body = """[{"id":"1","topic":"t","subject":"","data":{"validationCode":"code-7"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-01-01T00:00:00Z","dataVersion":"1"}]""";
        var answer = await PostAsync(app, "OnText", "SubscriptionValidation", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("code-7", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("validationResponse").GetString());
        Assert.Empty(_calls.All);
    }

    [Fact]
    public async Task A_failure_asks_for_another_delivery()
    {
        await using var app = await StartAsync();
        var answer = await PostAsync(app, "OnEvent", "Notification", Events("T", "a").Replace("\"subject\":\"s\"", "\"subject\":\"fail\""));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Theory]
    [InlineData("Nothing", "Notification", "[]", HttpStatusCode.NotFound)]
    [InlineData("OnText", "Gossip", "[]", HttpStatusCode.BadRequest)]
    [InlineData("OnText", "Notification", "not json", HttpStatusCode.BadRequest)]
    [InlineData("OnText", "SubscriptionValidation", "[{}]", HttpStatusCode.BadRequest)]
    public async Task What_isn_t_a_delivery_is_refused(string function, string kind, string body, HttpStatusCode expected)
    {
        await using var app = await StartAsync();
        Assert.Equal(expected, (await PostAsync(app, function, kind, body)).StatusCode);
        Assert.Empty(_calls.All);
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(azurite, TestApp.NewName(), _calls, [typeof(SampleEvents)]);

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string function, string kind, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/runtime/webhooks/EventGrid?functionName=" + function)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { "aeg-event-type", kind } },
        };
        return app.Http.SendAsync(request);
    }

    private static string Events(string type, params string[] data) => "[" + string.Join(",", data.Select(n =>
        $$$"""{"id":"{{{n}}}","topic":"t","subject":"s","eventType":"{{{type}}}","eventTime":"2026-01-01T00:00:00Z","dataVersion":"1","data":{"n":"{{{n}}}"}}""")) + "]";
}
