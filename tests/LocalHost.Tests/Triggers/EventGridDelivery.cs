using System.Text;

namespace LocalHost.Tests;

/// <summary>Event Grid, as far as the webhook sees it.</summary>
internal static class EventGridDelivery
{
    public static Task<HttpResponseMessage> PostAsync(HttpClient http, string function, string kind, string body) =>
        PostAsync(http, "EventGrid", function, kind, body);

    /// <summary>Delivers to the webhook of an extension.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient http, string extension, string function, string kind, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/runtime/webhooks/{extension}?functionName={function}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { "aeg-event-type", kind } },
        };
        return await http.SendAsync(request);
    }

    /// <summary>A delivery of an event for each datum.</summary>
    public static string Events(string type, params string[] data) => "[" + string.Join(",", data.Select(n =>
        $$$"""{"id":"{{{n}}}","topic":"t","subject":"s","eventType":"{{{type}}}","eventTime":"2026-01-01T00:00:00Z","dataVersion":"1","data":{"n":"{{{n}}}"}}""")) + "]";
}
