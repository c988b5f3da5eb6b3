using System.Net;
using System.Text;
using System.Text.Json;
using Radiomics;

namespace LocalHost.Tests.Triggers;

public class EventGridTests(AzuriteFixture azurite, SharedHost shared) : OnSharedHost(azurite, shared)
{
    private readonly string _type = SampleHost.NewName();

    [Fact]
    public async Task A_notification_runs_the_function_once_per_event()
    {
        using var answer = await PostAsync("OnEvent", "Notification", EventGridDelivery.Events(_type, "a", "b"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal([$"{_type} a", $"{_type} b"], (await App.Calls.OfAsync("OnEvent", _type)).Order());
    }

    [Fact]
    public async Task A_cloud_event_is_delivered_too()
    {
        var body = $$$"""{"specversion":"1.0","id":"1","source":"/s","type":"{{{_type}}}","data":{"n":1}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/runtime/webhooks/EventGrid?functionName=OnEvent")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json"),
            Headers = { { "aeg-event-type", "Notification" } },
        };
        using var answer = await App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal([$"{_type} 1"], await App.Calls.OfAsync("OnEvent", _type));
    }

    [Fact]
    public async Task A_subscription_is_validated()
    {
        const string body = """[{"id":"1","topic":"t","subject":"","data":{"validationCode":"code-7"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-01-01T00:00:00Z","dataVersion":"1"}]""";
        using var answer = await PostAsync("OnEvent", "SubscriptionValidation", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("code-7", json.EnumerateObject().Single(p => p.Name.Equals("validationResponse", StringComparison.OrdinalIgnoreCase)).Value.GetString());
    }

    [Fact]
    public async Task A_failure_asks_for_another_delivery()
    {
        using var answer = await PostAsync("OnEvent", "Notification", EventGridDelivery.Events(_type, "a").Replace("\"subject\":\"s\"", "\"subject\":\"fail\""));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Theory]
    [InlineData("Unknown", "Notification", """[{"id":"1"}]""")]
    [InlineData("OnEvent", "Gossip", "[]")]
    [InlineData("OnEvent", "Notification", "not json")]
    public async Task What_is_no_delivery_is_refused(string function, string kind, string body)
    {
        using var answer = await PostAsync(function, kind, body);
        Assert.False(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    private Task<HttpResponseMessage> PostAsync(string function, string kind, string body) => EventGridDelivery.PostAsync(App.Http, function, kind, body);
}
