using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace SampleApp;

public sealed class EventFunctions(Calls calls)
{
    /// <summary>Fails if the event's subject says so.</summary>
    [Function("OnEvent")]
    public async Task EventAsync([EventGridTrigger] string happened)
    {
        using var json = JsonDocument.Parse(happened);
        var type = json.RootElement.TryGetProperty("eventType", out var eventType) ? eventType : json.RootElement.GetProperty("type");
        await calls.AddAsync("OnEvent", $"{type} {json.RootElement.GetProperty("data").GetProperty("n")}");
        if (json.RootElement.TryGetProperty("subject", out var subject) && subject.GetString() == "fail")
            throw new InvalidOperationException("The event is bad.");
    }
}
