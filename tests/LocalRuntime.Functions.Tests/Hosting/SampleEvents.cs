using Azure.Messaging;
using Azure.Messaging.EventGrid;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Tests.Hosting;

public sealed class SampleEvents(Calls calls)
{
    [Function("OnEvent")]
    public void One([EventGridTrigger] EventGridEvent happened)
    {
        calls.Add($"{happened.EventType} {happened.Data}");
        if (happened.Subject == "fail")
            throw new InvalidOperationException("no");
    }

    [Function("OnCloudEvent")]
    public void Cloud([EventGridTrigger] CloudEvent happened) => calls.Add($"{happened.Type} {happened.Data}");

    [Function("OnText")]
    public void Text([EventGridTrigger] string happened) => calls.Add(happened);

    [Function("OnBatch")]
    public void Batch([EventGridTrigger(IsBatched = true)] BinaryData[] happened) => calls.Add($"batch of {happened.Length}");
}
