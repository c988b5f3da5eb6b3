using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Extensions.EventGrid;

namespace LocalHost.Functions;

/// <summary>Says in the WebJobs SDK's attributes what a binding says in JSON.</summary>
internal static class BindingAttributes
{
    /// <summary>The attribute of a parameter; null where the host itself gives the value.</summary>
    public static CustomAttributeBuilder? Of(FunctionDefinition function, FunctionBinding binding) => binding.Type switch
    {
        BindingTypes.Blob => Make<BlobTriggerAttribute>(
            [binding.Text("path") ?? ""],
            (nameof(BlobTriggerAttribute.Connection), binding.Text("connection")),
            (nameof(BlobTriggerAttribute.Source), function.IsBlobEvent ? BlobTriggerSource.EventGrid : BlobTriggerSource.LogsAndContainerScan)),
        BindingTypes.Timer => Make<TimerTriggerAttribute>(
            [binding.Text("schedule") ?? ""],
            (nameof(TimerTriggerAttribute.RunOnStartup), binding.Flag("runOnStartup")),
            (nameof(TimerTriggerAttribute.UseMonitor), !binding.Json.TryGetProperty("useMonitor", out _) || binding.Flag("useMonitor"))),
        BindingTypes.EventGrid => Make<EventGridTriggerAttribute>([]),
        BindingTypes.Orchestration => Make<OrchestrationTriggerAttribute>([], (nameof(OrchestrationTriggerAttribute.Orchestration), binding.Text("orchestration") ?? function.Name)),
        BindingTypes.Activity => Make<ActivityTriggerAttribute>([], (nameof(ActivityTriggerAttribute.Activity), binding.Text("activity") ?? function.Name)),
        BindingTypes.Entity => Make<EntityTriggerAttribute>([], (nameof(EntityTriggerAttribute.EntityName), binding.Text("entityName") ?? function.Name)),
        BindingTypes.DurableClient => Make<DurableClientAttribute>(
            [],
            (nameof(DurableClientAttribute.TaskHub), binding.Text("taskHub")),
            (nameof(DurableClientAttribute.ConnectionName), binding.Text("connectionName"))),
        _ => null,
    };

    /// <summary>The type in which the SDK is to give the value.</summary>
    public static Type ParameterType(FunctionBinding binding) => binding.Type switch
    {
        BindingTypes.Http => typeof(HttpCall),
        BindingTypes.Timer => typeof(TimerInfo),
        _ when binding.IsDeferred => typeof(ParameterBindingData),
        _ when binding.IsBinary => typeof(byte[]),
        _ => typeof(string),
    };

    /// <summary>The attribute that has the SDK retry a function; null where it isn't retried.</summary>
    public static CustomAttributeBuilder? OfRetry(FunctionDefinition function) => function.Retry switch
    {
        null => null,
        { Strategy: "fixedDelay" } retry => Make<FixedDelayRetryAttribute>([retry.MaxRetryCount, retry.DelayInterval ?? "00:00:01"]),
        { } retry => Make<ExponentialBackoffRetryAttribute>([retry.MaxRetryCount, retry.MinimumInterval ?? "00:00:01", retry.MaximumInterval ?? "00:01:00"]),
    };

    /// <summary>An attribute with constructor arguments and those properties that have a value.</summary>
    public static CustomAttributeBuilder Make<T>(object[] arguments, params (string Name, object? Value)[] properties)
        where T : Attribute
    {
        var given = properties.Where(property => property.Value is not null).ToArray();
        return new CustomAttributeBuilder(
            typeof(T).GetConstructor([.. arguments.Select(argument => argument.GetType())])!,
            arguments,
            [.. given.Select(property => typeof(T).GetProperty(property.Name)!)],
            [.. given.Select(property => property.Value!)]);
    }
}
