using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace SampleApp;

/// <summary>A trigger by Event Grid events. The SDK makes the binding's type of this name; the worker needs no more for events as text.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EventGridTriggerAttribute : TriggerBindingAttribute;
