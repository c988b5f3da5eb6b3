using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>An event delivered to <c>/runtime/webhooks/EventGrid?functionName=…</c> starts the function.</summary>
public sealed class EventGridTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>True: one call with an array per delivery; false: one call per event.</summary>
    public bool IsBatched { get; set; }
}
